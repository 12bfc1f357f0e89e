package spec

// Likes are the ways in which the profile decides where Lua 5.1 and Lua 5.2 differ.
var Likes = []string{"Lua 5.1", "Lua 5.2", "neither"}
