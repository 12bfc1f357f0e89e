package stdlib_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
)

func TestIO(t *testing.T) {
	runPrintCases(t, []printCase{
		{"stdout", `io.write("a", 1, "\n") io.stdout:write("b\n"):write("c\n") print(io.output() == io.stdout, io.type(io.stdout))`, "a1\nb\nc\ntrue\tfile\n"},
		{"standard files stay", `print(io.stdout:close()) print(io.close(io.stderr)) print(io.type(io.stderr))`, "nil\tcannot close standard file\nnil\tcannot close standard file\nfile\n"},
		{"stdout is no file", `print(io.stdout:seek()) print((io.stdout:read()))`, "nil\tIllegal seek\t29\nnil\n"},
		{"default closed", `local f = io.tmpfile() io.output(f) f:close() print(pcall(io.write, "x")) io.input(io.stdin) io.output(io.stdout)`, "false\tstandard output file is closed\n"},
		{"mixed", `local f = io.tmpfile() f:write("one\ntwo\n") f:seek("set") print(f:read()) f:write("2") print(f:seek()) f:seek("set") print((f:read("*a"):gsub("\n", "/")))`, "one\n5\none/2wo/\n"},
		{"buffered", `local f = io.tmpfile() f:setvbuf("full", 10) f:write("12345") f:seek("set", 1) print(f:read(2)) f:write("x") print(f:flush()) f:seek("set") print(f:read("*a"))`, "23\ntrue\n123x5\n"},
		{"numerals", `local f = io.tmpfile() f:write("1.5e3x 0x1p4,-7 .5 5. - abc") f:seek("set") print(f:read("*n", 1, "*n", 1, "*n", "*n", "*n")) print(f:read("*n")) print(f:read("*a"))`, "1500\tx\t16\t,\t-7\t0.5\t5\nnil\n abc\n"},
		{"long lines", `local f = io.tmpfile() local long = ("x"):rep(10000) f:write(long, "\n", long) f:seek("set") print(#f:read("*L"), #f:read(), f:read())`, "10001\t10000\tnil\n"},
		{"popen", `local f = io.popen("echo hi; exit 3") print(f:read(), f:read()) print(f:close()) print(io.popen("kill -9 $$"):close())`, "hi\tnil\nnil\texit\t3\nnil\tsignal\t9\n"},
		{"popen write", `local name = os.tmpname() local f = io.popen("cat > " .. name, "w") f:write("through") print(f:close()) print(io.open(name):read("*a")) os.remove(name)`, "true\texit\t0\nthrough\n"},
		{"execute", `print(os.execute("exit 2")) print(os.execute("true")) print(os.execute())`, "nil\texit\t2\ntrue\texit\t0\ntrue\n"},
		{"remove", `print(os.remove("/there/is/none")) print((os.rename("/there/is/none", "/there/is/other")))`, "nil\t/there/is/none: No such file or directory\t2\nnil\n"},
		{"folder", `print(io.open("/"):read()) print(io.open("/", "w"))`, "nil\tIs a directory\t21\nnil\t/: Is a directory\t21\n"},
	})
}

func TestReadLimit(t *testing.T) {
	name := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, b := range backends {
		s := newVM(t, b, backend.Options{MaxString: 1000}, nil)
		for _, read := range []string{"'*a'", "'*l'", "2000", "2^53"} {
			f := run(t, s, fmt.Sprintf("io.open(%q):read(%s)", name, read))
			if f == nil || !f.OutOfMemory {
				t.Errorf("%s: read(%s): %+v", b.Name(), read, f)
			}
			s.SetTop(0)
		}
		if f := run(t, s, fmt.Sprintf("assert(#io.open(%q):read(1000) == 1000)", name)); f != nil {
			t.Errorf("%s: %s", b.Name(), backend.ToStringMeta(s, -1))
		}
	}
}

// TestForgottenBuffer proves that a buffer is written when nobody can write it any more.
func TestForgottenBuffer(t *testing.T) {
	for _, b := range backends {
		name := filepath.Join(t.TempDir(), "forgotten")
		s := newVM(t, b, backend.Options{}, nil)
		if f := run(t, s, fmt.Sprintf(`local f = io.open(%q, "w") f:setvbuf("full") f:write("text")`, name)); f != nil {
			t.Fatal(backend.ToStringMeta(s, -1))
		}
		s.SetTop(0)
		s.ScrubStack()
		for deadline := time.Now().Add(10 * time.Second); ; runtime.Gosched() {
			runtime.GC()
			if text, _ := os.ReadFile(name); string(text) == "text" {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: the buffer is lost", b.Name())
			}
		}
		runtime.KeepAlive(s)
	}
}
