package store

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"sync"
)

// The first byte of a packed body says how it is packed.
const (
	packedPlain = 'p' // as it is
	packedFlate = 'f' // flate with packWords
)

const (
	// packFrom is the size from which packing is worth its time.
	packFrom = 256
	// unpackMost is far more than any learner needs: what claims to be larger
	// is damage.
	unpackMost = 16 << 20
	// packLevel: higher ones take twice the time for one byte in a hundred.
	packLevel = 4
)

// packWords is what a learner's JSON is made of, most frequent last: flate
// refers to it instead of spelling it. Never change it, or what is stored can
// no longer be read: for another dictionary take another first byte.
var packWords = []byte(`{"created":"2026-11-24T08:30:00Z","name":"","lang":"nl","lang":"fr","zone":"Europe/Brussels","agreed":"2026-11-24T08:30:00Z",` +
	`"stopped":true,"minutes":3,"minutes":5,"guided":true,"streak":{"off":true,"days":["2026-11-24","2027-01-04"],"ours":["2026-12-24"]},` +
	`"at":[{"c":"telegram","v":""},{"c":"web","v":""},{"c":"slack","v":""},{"c":"teams","v":""}],"slots":[{"days":[1,2,3,4,5],"minute":510,"outside":true,"working":{` +
	`"push":{"next":"2026-11-25T07:30:00Z","zz":true,"m":"","last":"2026-11-24T07:30:00Z","day":"2026-11-24","today":1,"silent":1,"quiet":true},` +
	`"series":["phishing","personal-data","clear-writing","ai-at-work"],"taught":["phishing/01-sender","phishing/02-","personal-data/01-","clear-writing/01-","ai-at-work/01-"],` +
	`"place":{"t":"question","s":"","l":"","n":1,"a":{"id":"","q":"","at":"2026-11-24T08:30:00Z","o":[0,1,2,3],"again":1,"m":"","w":{"new":true,"days":12,"recall":0.7,"missed":true},"r":1},"m":"","i":{"t":"","s":"","or":[],"q":""}},` +
	`"session":{"at":"2026-11-24T08:30:00Z","b":180,"s":60,"r":[""],"w":[{"days":3,"recall":0.9}],"l":"","f":[""],"n":5,"k":3,"ok":2,"more":1,"e":"2026-11-24T08:30:00Z"},` +
	`"answers":300,"seconds":3600,"seq":512,"seen":["",""],"asked":[{"id":"","q":"phishing/","at":"2026-11-24T08:30:00Z","o":[1,0,2],"m":"","w":{"new":true},"r":1}],` +
	`"offers":[{"v":"","l":"","n":1},{"v":"","l":"","n":2}],"gone":["telegram"],` +
	`"cards":[["personal-data/","",[2.31,5.5,20780,20783,1,0]],["clear-writing/","",[]],["ai-at-work/","",[12.9,4.9,20790,20803,2,1,1]],["phishing/","",[`)

var (
	packers   = sync.Pool{New: func() any { return newPacker() }}
	unpackers = sync.Pool{New: func() any { return flate.NewReaderDict(bytes.NewReader(nil), packWords) }}
)

func newPacker() *flate.Writer {
	w, err := flate.NewWriterDict(io.Discard, packLevel, packWords)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return w
}

// pack makes a body small.
func pack(body []byte) []byte {
	if len(body) >= packFrom {
		packed := bytes.NewBuffer(make([]byte, 0, len(body)/2))
		packed.WriteByte(packedFlate)
		w := packers.Get().(*flate.Writer)
		w.Reset(packed)
		_, err := w.Write(body)
		err = errors.Join(err, w.Close())
		packers.Put(w)
		if err == nil && packed.Len() <= len(body) {
			return packed.Bytes()
		}
	}
	return append([]byte{packedPlain}, body...)
}

// unpack returns what pack was given.
func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, errors.New("nothing stands here: restore a backup of the store")
	}
	body := packed[1:]
	switch packed[0] {
	case packedPlain:
		return body, nil
	case packedFlate:
		r := unpackers.Get().(io.ReadCloser)
		defer unpackers.Put(r)
		if err := r.(flate.Resetter).Reset(bytes.NewReader(body), packWords); err != nil {
			return nil, err
		}
		unpacked := bytes.NewBuffer(make([]byte, 0, 4*len(body)))
		if _, err := io.Copy(unpacked, io.LimitReader(r, unpackMost+1)); err != nil {
			return nil, fmt.Errorf("packed badly: %w: restore a backup of the store", err)
		}
		if unpacked.Len() > unpackMost {
			return nil, fmt.Errorf("unpacks to more than %d bytes: restore a backup of the store", unpackMost)
		}
		return unpacked.Bytes(), nil
	}
	return nil, fmt.Errorf("packed in way %q, which this program does not know: it was written by a newer one, run that", packed[0])
}
