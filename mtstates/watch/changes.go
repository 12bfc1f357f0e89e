package watch

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settled is for how long files must stay as they are before a change counts: editors write them in several steps.
const settled = 50 * time.Millisecond

// Changes watches files and folders: of a folder, the Lua files in it and in the folders below it that are not hidden. Until
// ctx ends, the channel gets the name of the file that has changed last when there were changes since the one before, and no
// more for a moment. The files need not exist, but their folders must.
func Changes(ctx context.Context, paths ...string) (<-chan string, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("cannot watch files: %w", err)
	}
	w := &watcher{events: events, files: map[string]bool{}}
	for _, path := range paths {
		if err := w.add(path); err != nil {
			_ = events.Close()
			return nil, fmt.Errorf("cannot watch %s: %w", path, err)
		}
	}
	changes := make(chan string)
	go w.run(ctx, changes)
	return changes, nil
}

// watcher waits for changes.
type watcher struct {
	events  *fsnotify.Watcher
	files   map[string]bool // that are watched, whatever their names are
	folders []string        // whose Lua files are
}

// add watches a file or a folder. The file is watched in its folder, because editors put another file in its place.
func (w *watcher) add(path string) error {
	path = filepath.Clean(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		w.folders = append(w.folders, path)
		_, err := w.addFolders(path)
		return err
	}
	w.files[path] = true
	return w.events.Add(filepath.Dir(path))
}

// addFolders watches a folder and those below it, except hidden ones. It returns the name of a file in them, "" if there is none.
func (w *watcher) addFolders(folder string) (file string, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path != folder:
			return nil // it is gone, or not ours to read
		case err != nil:
			return err
		case !entry.IsDir():
			if w.concerns(path) {
				file = path
			}
			return nil
		case path != folder && isHidden(path):
			return filepath.SkipDir
		}
		return w.events.Add(path)
	})
	return file, err
}

func isHidden(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") }

// concerns reports whether a path is that of a file that is watched.
func (w *watcher) concerns(path string) bool {
	return w.files[path] || filepath.Ext(path) == ".lua" && w.inFolder(path)
}

func (w *watcher) inFolder(path string) bool {
	for _, folder := range w.folders {
		if inside, err := filepath.Rel(folder, path); err == nil && filepath.IsLocal(inside) {
			return true
		}
	}
	return false
}

// run hands over changes until ctx ends.
func (w *watcher) run(ctx context.Context, changes chan<- string) {
	defer close(changes)
	defer w.events.Close()
	var quiet <-chan time.Time
	var changed string
	var ready chan<- string // changes, when there is something to hand over
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-w.events.Events:
			if file := w.changed(event); file != "" {
				changed, ready, quiet = file, nil, time.After(settled)
			}
		case <-w.events.Errors: // some events may be lost
			if changed == "" {
				changed = "a file"
			}
			ready, quiet = nil, time.After(settled)
		case <-quiet:
			ready, quiet = changes, nil
		case ready <- changed:
			ready = nil
		}
	}
}

// changed returns the name of the file that has changed, "" if none has. Files may be in a new folder before that is watched.
func (w *watcher) changed(event fsnotify.Event) string {
	path := filepath.Clean(event.Name)
	if event.Has(fsnotify.Create) && w.inFolder(path) && !isHidden(path) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			file, _ := w.addFolders(path) // it may be gone already
			return file
		}
	}
	if event.Op == fsnotify.Chmod || !w.concerns(path) {
		return ""
	}
	return path
}
