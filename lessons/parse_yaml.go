package lessons

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"praline/words"
)

// mapping is a YAML mapping with the line of every key, so that a fault can
// say where. Its methods read a key's value, and note a fault where it is not
// of the kind that is asked for.
type mapping struct {
	r     *reading
	file  string
	line  int // where it starts
	first int // the file's line of YAML's line 1, less 1
	at    map[string]int
	value map[string]ast.Node
}

// mapping reads a YAML document whose top is a mapping with known keys. It
// starts at line first+1 of file.
func (r *reading) mapping(file string, text []byte, first int, known ...string) (m mapping, ok bool) {
	m = mapping{r: r, file: file, line: first + 1, first: first}
	if len(text) > maxYAML {
		r.fault(file, first+1, "yaml-too-big", "limit", maxYAML>>10)
		return m, false
	}
	document, err := parseYAML(text)
	if err != nil {
		line, code, cause := yamlFault(err)
		r.fault(file, first+max(line, 1), code, "cause", cause)
		return m, false
	}
	if len(document.Docs) != 1 || document.Docs[0].Body == nil {
		r.fault(file, first+1, "yaml-no-keys")
		return m, false
	}
	if !m.fill(document.Docs[0].Body, known) {
		r.fault(file, first+1, "yaml-no-keys")
		return m, false
	}
	return m, true
}

// parseYAML is the library's parser; a panic of it is an error.
func parseYAML(text []byte) (document *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return parser.ParseBytes(text, 0)
}

// yamlFault says where a document is wrong, and how: its code, and the
// library's words for it.
func yamlFault(err error) (line int, code, cause string) {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &at) {
		return 0, "yaml-syntax", "?"
	}
	if t := at.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	cause = at.GetMessage()
	switch {
	case strings.Contains(cause, "mapping value is not allowed"):
		return line, "yaml-colon", cause
	case strings.Contains(cause, "already defined"):
		return line, "yaml-key-twice", cause
	}
	return line, "yaml-syntax", cause
}

// fill takes the keys of a node; not ok if it has none.
func (m *mapping) fill(node ast.Node, known []string) bool {
	node = plainNode(node)
	values, ok := node.(*ast.MappingNode)
	if !ok {
		return false
	}
	m.at, m.value = map[string]int{}, map[string]ast.Node{}
	for _, v := range values.Values {
		key := ""
		if t := v.Key.GetToken(); t != nil {
			key = t.Value
		}
		line := m.lineOf(v.Key)
		if known != nil && !slices.Contains(known, key) {
			m.r.unknownKey(m.file, line, key, known)
			continue
		}
		m.at[key], m.value[key] = line, v.Value
	}
	return true
}

func (r *reading) unknownKey(file string, line int, key string, known []string) {
	if near := words.Nearest(key, known); near != "" {
		r.fault(file, line, "key-unknown-near", "key", key, "near", near)
		return
	}
	r.fault(file, line, "key-unknown", "key", key, "known", strings.Join(known, ", "))
}

func (m *mapping) lineOf(n ast.Node) int {
	if n != nil {
		if t := n.GetToken(); t != nil && t.Position != nil {
			return m.first + t.Position.Line
		}
	}
	return m.line
}

// lineAt is the line of a key, or of the mapping's start if there is none.
func (m *mapping) lineAt(key string) int {
	if line, ok := m.at[key]; ok {
		return line
	}
	return m.line
}

// need notes a fault for each key that is missing or empty.
func (m *mapping) need(keys ...string) {
	for _, key := range keys {
		if node, ok := m.value[key]; !ok || isEmpty(node) {
			m.r.fault(m.file, m.lineAt(key), "key-missing", "key", key)
		}
	}
}

// text is the text of a key on one line, "" if there is none.
func (m *mapping) text(key string) string {
	node, ok := m.value[key]
	if !ok {
		return ""
	}
	s, ok := scalar(node)
	if !ok {
		m.r.fault(m.file, m.lineAt(key), "value-not-text", "key", key)
	}
	return s
}

// texts is the list of texts of a key, with their lines.
func (m *mapping) texts(key string) (all []string, lines []int) {
	for _, node := range m.list(key) {
		s, ok := scalar(node)
		if !ok || s == "" {
			m.r.fault(m.file, m.lineOf(node), "value-not-list", "key", key)
			continue
		}
		all, lines = append(all, s), append(lines, m.lineOf(node))
	}
	return all, lines
}

func (m *mapping) list(key string) []ast.Node {
	node, ok := m.value[key]
	if !ok || isEmpty(node) {
		return nil
	}
	list, ok := plainNode(node).(*ast.SequenceNode)
	if !ok {
		m.r.fault(m.file, m.lineAt(key), "value-not-list", "key", key)
		return nil
	}
	return list.Values
}

// within is the mapping under a key.
func (m *mapping) within(key string, known ...string) (inner mapping, ok bool) {
	node := m.value[key]
	inner = mapping{r: m.r, file: m.file, line: m.lineAt(key), first: m.first}
	return inner, node != nil && inner.fill(node, known)
}

// plainNode looks through tags and anchors. Aliases stay: nothing that we read
// needs them.
func plainNode(node ast.Node) ast.Node {
	for range 10 {
		switch n := node.(type) {
		case *ast.TagNode:
			node = n.Value
		case *ast.AnchorNode:
			node = n.Value
		default:
			return node
		}
	}
	return node
}

func isEmpty(node ast.Node) bool {
	switch n := plainNode(node).(type) {
	case nil, *ast.NullNode:
		return true
	case *ast.SequenceNode:
		return len(n.Values) == 0
	case *ast.MappingNode:
		return len(n.Values) == 0
	default:
		s, ok := scalar(n)
		return ok && s == ""
	}
}

// scalar is a value as it was written, on one line; not ok for lists, mappings
// and aliases.
func scalar(node ast.Node) (string, bool) {
	switch n := plainNode(node).(type) {
	case *ast.NullNode:
		return "", true
	case *ast.LiteralNode:
		return oneLine(n.Value.Value), true
	case *ast.StringNode:
		return oneLine(n.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return oneLine(n.GetToken().Value), true
	}
	return "", false
}

// oneLine makes one line of a text, with single spaces. A no-break space is no
// space here: French needs it.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\n' || c == '\t' }), " ")
}
