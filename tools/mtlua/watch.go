package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watched runs the script of the command line in a process of its own, and anew whenever a Lua file in the script's folder,
// or below it, changes. It ends with the program.
func watched(line *commandLine) int {
	if line.script == "" || line.script == "-" {
		report(errors.New("--watch needs a script"))
		return 1
	}
	program, err := os.Executable()
	if err != nil {
		report(err)
		return 1
	}
	folder := filepath.Dir(line.script)
	files, err := fsnotify.NewWatcher()
	if err == nil {
		defer files.Close()
		err = addFolders(files, folder)
	}
	if err != nil {
		report(fmt.Errorf("cannot watch the files in %s: %w", folder, err))
		return 1
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	for {
		run := begin(program, onceArguments(line))
		changed, ended := next(files, signals, run)
		run.stop()
		if ended {
			return statusInterrupted
		}
		fmt.Fprintf(os.Stderr, "mtlua: %s has changed\n", changed)
	}
}

// onceArguments returns arguments that run the same once.
func onceArguments(line *commandLine) []string {
	options := slices.Clone(line.before)
	at := len(options)
	if at > 0 && options[at-1] == "--" {
		at--
	}
	return append(append(slices.Insert(options, at, "--watch=false"), line.script), line.args...)
}

// addFolders watches a folder and those below it, but for hidden ones.
func addFolders(files *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path != folder:
			return nil // it is gone, or not ours to read
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case path != folder && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		}
		return files.Add(path)
	})
}

// settled is for how long files must stay as they are before the script runs again: editors write them in several steps.
const settled = 50 * time.Millisecond

// next waits for a change, and returns the name of the file, or for a signal that ends the program.
func next(files *fsnotify.Watcher, signals <-chan os.Signal, run *process) (changed string, ended bool) {
	var quiet <-chan time.Time
	done := run.done
	for {
		select {
		case <-signals:
			return "", true
		case <-done:
			fmt.Fprintf(os.Stderr, "mtlua: the script has ended (%s); waiting for changes\n", run.outcome())
			done = nil
		case event := <-files.Events:
			if event.Has(fsnotify.Create) {
				_ = addFolders(files, event.Name) // fails for what is no folder
			}
			if filepath.Ext(event.Name) == ".lua" && event.Op != fsnotify.Chmod {
				changed, quiet = event.Name, time.After(settled)
			}
		case err := <-files.Errors:
			report(err)
		case <-quiet:
			return changed, false
		}
	}
}

// process is one run of the script.
type process struct {
	command *exec.Cmd
	done    chan struct{} // closed when it has ended
	err     error         // set before
}

func begin(program string, args []string) *process {
	p := &process{command: exec.Command(program, args...), done: make(chan struct{})}
	p.command.Stdin, p.command.Stdout, p.command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if p.err = p.command.Start(); p.err != nil {
		close(p.done)
		return p
	}
	go func() {
		p.err = p.command.Wait()
		close(p.done)
	}()
	return p
}

func (p *process) outcome() string {
	if p.err != nil {
		return p.err.Error()
	}
	return "exit status 0"
}

// patience is how long the script may take to end after it was interrupted.
const patience = 2 * time.Second

// stop interrupts the script, and kills it when that does not end it.
func (p *process) stop() {
	select {
	case <-p.done:
		return
	default:
	}
	if runtime.GOOS == "windows" || p.command.Process.Signal(os.Interrupt) != nil {
		_ = p.command.Process.Kill()
	}
	select {
	case <-p.done:
	case <-time.After(patience):
		_ = p.command.Process.Kill()
		<-p.done
	}
}
