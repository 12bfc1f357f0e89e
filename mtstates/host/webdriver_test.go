package host_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// browser is a headless Chromium, which shows a page. It is told what to do in the WebDriver protocol.
type browser struct {
	t       *testing.T
	session string // its address
}

// openBrowser starts a browser, which ends with the test, or skips the test where there is none. What it downloads is in a folder.
func openBrowser(t *testing.T, downloads string) *browser {
	for _, program := range []string{"chromium", "chromedriver"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no browser to show the page in, such as the Debian packages chromium and chromium-driver: %v", err)
		}
	}
	driver := exec.Command("chromedriver", "--port=0")
	out, err := driver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := driver.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = driver.Process.Kill()
		_ = driver.Wait()
	})
	b := &browser{t: t}
	started := regexp.MustCompile(`started successfully on port (\d+)`)
	for lines := bufio.NewScanner(out); b.session == "" && lines.Scan(); {
		if port := started.FindStringSubmatch(lines.Text()); port != nil {
			b.session = "http://127.0.0.1:" + port[1] + "/session"
		}
	}
	var made struct{ SessionID string }
	b.post("", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"timeouts": map[string]any{"script": 60_000},
		"goog:chromeOptions": map[string]any{
			"args": []string{"--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1100,900", "--user-data-dir=" + t.TempDir()},
		},
	}}}, &made)
	b.session += "/" + made.SessionID
	t.Cleanup(func() {
		request, err := http.NewRequest(http.MethodDelete, b.session, nil)
		if err != nil {
			t.Fatal(err)
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
		}
	})
	b.post("/goog/cdp/execute", map[string]any{"cmd": "Browser.setDownloadBehavior",
		"params": map[string]any{"behavior": "allow", "downloadPath": downloads}}, nil)
	return b
}

// post sends a command and stores its value, unless that is nil.
func (b *browser) post(command string, parameters, value any) {
	b.t.Helper()
	if failure := b.try(command, parameters, value); failure != "" {
		b.t.Fatalf("%s: %s", command, failure)
	}
}

// try is post, but returns what the driver says when the command fails.
func (b *browser) try(command string, parameters, value any) (failure string) {
	b.t.Helper()
	body, err := json.Marshal(parameters)
	if err != nil {
		b.t.Fatal(err)
	}
	response, err := http.Post(b.session+command, "application/json", bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		b.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		return string(answer.Value)
	}
	if value != nil {
		if err := json.Unmarshal(answer.Value, value); err != nil {
			b.t.Fatalf("%s: %s: %v", command, answer.Value, err)
		}
	}
	return ""
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.post("/url", map[string]any{"url": address}, nil)
}

// run runs a function body in the page.
func (b *browser) run(script string) {
	b.t.Helper()
	b.post("/execute/sync", map[string]any{"script": script, "args": []any{}}, nil)
}

// await waits until an expression of JavaScript is true in the page.
func (b *browser) await(expression string) {
	b.t.Helper()
	script := fmt.Sprintf(`const done = arguments[0], end = Date.now() + 30000;
		const look = () => {
			if (%s) done("");
			else if (Date.now() > end) done(document.body.innerText);
			else setTimeout(look, 20);
		};
		look();`, expression)
	var page string
	b.post("/execute/async", map[string]any{"script": script, "args": []any{}}, &page)
	if page != "" {
		b.t.Fatalf("it does not become true that %s:\n%s", expression, page)
	}
}

// click clicks the first element that fits a selector. The page may put another one in its place in between.
func (b *browser) click(selector string) {
	b.t.Helper()
	for {
		var element map[string]string
		b.post("/element", map[string]any{"using": "css selector", "value": selector}, &element)
		for _, id := range element {
			switch failure := b.try("/element/"+id+"/click", map[string]any{}, nil); {
			case failure == "":
				return
			case !strings.Contains(failure, "stale element reference"):
				b.t.Fatalf("a click on %s: %s", selector, failure)
			}
		}
	}
}

// screenshot returns a picture of the page, as PNG.
func (b *browser) screenshot() []byte {
	b.t.Helper()
	response, err := http.Get(b.session + "/screenshot")
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Value string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		b.t.Fatal(err)
	}
	picture, err := base64.StdEncoding.DecodeString(answer.Value)
	if err != nil {
		b.t.Fatal(err)
	}
	return picture
}
