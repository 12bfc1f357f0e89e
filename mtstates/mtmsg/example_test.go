package mtmsg_test

import (
	"context"
	"fmt"
	"log"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// A Go program sends a message to a script's buffer, and the script answers.
func ExampleBuffer() {
	h, err := host.New(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	questions := h.Buffers.NewBuffer(mtmsg.Named("questions"))
	answers := h.Buffers.NewBuffer(mtmsg.Named("answers"))
	state, _, err := h.States.NewState(context.Background(), `
		local mtmsg = require("mtmsg")
		local questions, answers = mtmsg.buffer("questions"), mtmsg.buffer("answers")
		return function()
			local a, b = questions:nextmsg()
			answers:addmsg(a .. " + " .. b .. " =", a + b)
		end`)
	if err != nil {
		fmt.Println(err)
		return
	}
	go state.Call(context.Background())
	questions.Add(2, 3)
	fmt.Println(answers.Next(context.Background()))
	// Output: [2 + 3 = 5] <nil>
}

// A listener receives what several buffers get.
func ExampleListener() {
	var store mtmsg.Store
	listener := store.NewListener()
	orders, _ := listener.NewBuffer()
	returns, _ := listener.NewBuffer()
	orders.Add("order", 1)
	returns.Add("return", 2)
	orders.Add("order", 3)
	for range 3 {
		fmt.Println(listener.Next(context.Background()))
	}
	// Output:
	// [order 1] <nil>
	// [return 2] <nil>
	// [order 3] <nil>
}

// A state is called whenever there is a message.
func ExampleBuffer_SetNotifier() {
	h, err := host.New(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	jobs, results := h.Buffers.NewBuffer(mtmsg.Named("jobs")), h.Buffers.NewBuffer(mtmsg.Named("results"))
	worker, _, err := h.States.NewState(context.Background(), `
		local mtmsg = require("mtmsg")
		local jobs, results = mtmsg.buffer("jobs"), mtmsg.buffer("results")
		return function() results:addmsg(jobs:nextmsg(0) * 2) end`, mtstates.Named("worker"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := jobs.SetNotifier(worker, mtmsg.Condition{}); err != nil {
		fmt.Println(err)
		return
	}
	jobs.Add(21)
	fmt.Println(results.Next(context.Background()))
	// Output: [42] <nil>
}

// A writer makes one message from parts, and a reader takes it apart.
func ExampleWriter() {
	var store mtmsg.Store
	buffer := store.NewBuffer()
	writer, reader := mtmsg.NewWriter(), mtmsg.NewReader()
	for i := range 5 {
		writer.Add(i)
	}
	writer.AddTo(buffer)
	if err := reader.NextMsg(context.Background(), buffer); err != nil {
		fmt.Println(err)
	}
	fmt.Println(reader.Next(3), reader.Next(3), reader.Next(3))
	// Output: [0 1 2] [3 4] []
}
