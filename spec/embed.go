package spec

import "embed"

// Files are the YAML files as they were when the program was compiled.
//
//go:embed *.yaml modules/*.yaml vms/*.yaml
var Files embed.FS
