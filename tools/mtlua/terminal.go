package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterh/liner"
	"golang.org/x/term"
)

// terminalLines reads lines from a terminal, with editing, completion, and the history of this and earlier sessions.
type terminalLines struct {
	editor *liner.State
	// editing and running are the terminal's modes while a line is edited, and while Lua code runs, when Ctrl-C is a signal
	// and scripts may read.
	editing, running liner.ModeApplier
	history          string // a file; "" for none
}

// isTerminal reports whether a user can edit lines.
func isTerminal() bool {
	return liner.TerminalSupported() && term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd()))
}

// newTerminalLines returns the reader for the terminal. complete returns what may stand in the place of the last word of
// a line, and how many bytes come before that word.
func newTerminalLines(complete func(line string) (words []string, before int)) (*terminalLines, error) {
	running, err := liner.TerminalMode()
	if err != nil {
		return nil, err
	}
	l := &terminalLines{editor: liner.NewLiner(), running: running, history: historyFile()}
	err = keepSignalKeys()
	if err == nil {
		l.editing, err = liner.TerminalMode()
	}
	if err != nil {
		return nil, errors.Join(err, l.editor.Close())
	}
	l.editor.SetCtrlCAborts(true)
	l.editor.SetTabCompletionStyle(liner.TabPrints)
	l.editor.SetWordCompleter(func(line string, position int) (head string, words []string, tail string) {
		runes := []rune(line)
		line, tail = string(runes[:position]), string(runes[position:])
		words, before := complete(line)
		return line[:before], words, tail
	})
	l.readHistory()
	return l, l.running.ApplyMode()
}

// historyFile returns the file with the lines of earlier sessions: what the environment variable MTLUA_HISTORY says, where
// an empty value is none, and by default .mtlua_history in the user's home.
func historyFile() string {
	if name, ok := os.LookupEnv("MTLUA_HISTORY"); ok {
		return name
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".mtlua_history")
}

// readHistory reads the last lines of the file, and shortens a file that has grown to twice as many. What goes wrong costs
// nothing but the history, so it is not worth a message.
func (l *terminalLines) readHistory() {
	file, err := os.Open(l.history)
	if err != nil {
		return
	}
	defer func() { _ = file.Close() }()
	var lines []string
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	if len(lines) > 2*liner.HistoryLimit {
		lines = lines[len(lines)-liner.HistoryLimit:]
		_ = os.WriteFile(l.history, []byte(strings.Join(lines, "\n")+"\n"), 0o600)
	}
	for _, line := range lines {
		l.editor.AppendHistory(line)
	}
}

func (l *terminalLines) readLine(prompt string) (string, error) {
	if err := l.editing.ApplyMode(); err != nil {
		return "", io.EOF
	}
	line, err := l.editor.Prompt(prompt)
	if errors.Is(err, liner.ErrInvalidPrompt) { // it has control characters
		line, err = l.editor.Prompt("> ")
	}
	if mode := l.running.ApplyMode(); mode != nil || errors.Is(err, io.EOF) {
		return "", io.EOF
	}
	if errors.Is(err, liner.ErrPromptAborted) {
		return "", errCleared
	}
	if err == nil && strings.TrimSpace(line) != "" {
		l.remember(line)
	}
	return line, err
}

// remember adds a line to the history at once, because os.exit may end the program.
func (l *terminalLines) remember(line string) {
	l.editor.AppendHistory(line)
	if l.history == "" {
		return
	}
	if file, err := os.OpenFile(l.history, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
		_, _ = file.WriteString(line + "\n")
		_ = file.Close()
	}
}

func (l *terminalLines) close() { _ = l.editor.Close() }
