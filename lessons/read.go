package lessons

import "io/fs"

// Read reads the series in a folder and reports every fault and all advice.
// The series is usable where the report is OK; else it is as much as could be
// read, for a preview, or nil.
func Read(folder fs.FS) (*Series, Report) { return nil, Report{} }
