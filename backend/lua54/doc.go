// Package lua54 implements the backend contract on PUC Lua 5.4, the C library of the system (pkg-config lua5.4; on Debian
// the package liblua5.4-dev). It is compiled only under the build tag mtstates_lua54, and needs a C compiler. Package cvm
// has the operations; this one has what is PUC Lua's alone.
//
// Functions of the standard libraries are the VM's own where they do what the profile says; all that has to do with files,
// output, the process and loading comes from package stdlib.
package lua54
