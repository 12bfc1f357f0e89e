package gen

import "strings"

// initialisms are words that Go names write in capitals.
var initialisms = map[string]string{"id": "ID"}

// exported returns a name of the spec in CamelCase: "object_closed" becomes "ObjectClosed", "id" becomes "ID".
func exported(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '.' }) {
		if capitals, ok := initialisms[word]; ok {
			b.WriteString(capitals)
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// unexported returns a name of the spec in lowerCamelCase: "loop_id" becomes "loopID".
func unexported(name string) string {
	first, rest, _ := strings.Cut(strings.TrimLeft(name, "_"), "_")
	return strings.ToLower(first[:1]) + first[1:] + exported(rest)
}
