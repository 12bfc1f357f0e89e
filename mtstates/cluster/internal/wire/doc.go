// Package wire encodes what nodes of a cluster send each other: requests, answers, values and errors. Package cluster
// imports it.
//
// # Format
//
// A message begins with the byte [Version]; a decoder refuses any other. Numbers are unsigned varints of encoding/binary,
// strings are a length and bytes, lists are a length and elements. A value is a tag and what the tag says. Tables are
// numbered in the order in which they occur first; in a list of values they are numbers, and their fields follow the list
// in the same order, until every number that occurred has had its fields. So neither depth nor cycles need a stack.
//
// # Input from others
//
// A decoder believes nothing: lengths are bounded by what is left of the message, so it allocates in proportion to the
// message. It refuses keys that a table cannot have, keys that occur twice, unknown tags and anything behind the end.
package wire
