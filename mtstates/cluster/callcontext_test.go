package cluster

import (
	"context"
	"testing"
	"time"
)

// The context of a call keeps the promises of package context.
func TestCallContext(t *testing.T) {
	deadline := time.Now().Add(time.Hour)
	c := &callContext{deadline: deadline, chain: []string{"a"}}
	if at, ok := c.Deadline(); !at.Equal(deadline) || !ok {
		t.Error(at, ok)
	}
	if chain, _ := c.Value(chainKey{}).([]string); len(chain) != 1 || c.Value("other") != nil {
		t.Error(chain)
	}
	if (&callContext{}).Value(chainKey{}) != nil {
		t.Error("a call from outside has a chain")
	}
	if c.Err() != nil {
		t.Error(c.Err())
	}
	child, cancel := context.WithCancel(c)
	defer cancel()
	other, cancelOther := context.WithCancel(c)
	cancelOther() // so that it is taken out of what the end calls
	var calls [3]chan bool
	var stops [3]func() bool
	for i := range calls {
		calls[i] = make(chan bool, 1)
		stops[i] = context.AfterFunc(c, func() { calls[i] <- true })
	}
	if !stops[1]() || stops[1]() {
		t.Error("stop reports what it has not done")
	}
	done := c.Done()
	select {
	case <-done:
		t.Error("it has ended")
	default:
	}
	c.end(context.DeadlineExceeded)
	c.end(context.Canceled) // too late
	<-done
	<-c.Done()
	<-child.Done()
	<-calls[0]
	<-calls[2]
	if c.Err() != context.DeadlineExceeded || child.Err() != context.DeadlineExceeded || context.Cause(c) != context.DeadlineExceeded ||
		other.Err() != context.Canceled {
		t.Error(c.Err(), child.Err(), context.Cause(c), other.Err())
	}
	if stops[0]() || len(calls[1]) > 0 {
		t.Error("the end has not called what it should")
	}
	context.AfterFunc(c, func() { calls[1] <- true })
	<-calls[1]
	ended := &callContext{}
	ended.end(context.Canceled)
	<-ended.Done()
}
