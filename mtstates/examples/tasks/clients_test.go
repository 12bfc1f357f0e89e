package tasks_test

import (
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
)

// sumOfAnswers lets 50 clients ask a server for answers of 1000 counters: 20 times each of the first 100, and once each of
// the others, and adds up the answers.
func sumOfAnswers(url string) (sum int64) {
	client := http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 50}}
	defer client.CloseIdleConnections()
	var next, total atomic.Int64
	var clients sync.WaitGroup
	for range 50 {
		clients.Go(func() {
			for n := next.Add(1) - 1; n < 1000+19*100; n = next.Add(1) - 1 {
				if n >= 1000 {
					n %= 100
				}
				answer, err := client.Get(url + "/" + strconv.FormatInt(n, 10))
				if err != nil {
					continue
				}
				text, _ := io.ReadAll(answer.Body)
				answer.Body.Close()
				value, _ := strconv.ParseInt(string(text), 10, 64)
				total.Add(value)
			}
		})
	}
	clients.Wait()
	return total.Load()
}
