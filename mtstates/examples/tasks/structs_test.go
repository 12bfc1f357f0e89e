package tasks_test

import (
	"context"
	"fmt"
	"log"

	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
)

type order struct {
	Customer string `lua:"customer"`
	Items    []item `lua:"items"`
}

type item struct {
	Article string `lua:"article"`
	Count   int    `lua:"count"`
}

type verdict struct {
	OK      bool
	Reasons []string
	Counts  map[string]int
}

const checkOrder = `return function(order)
	local counts, reasons = {}, {}
	for _, item in ipairs(order.items) do
		counts[item.article] = (counts[item.article] or 0) + item.count
		if item.count > 5 then reasons[#reasons + 1] = "too much " .. item.article end
	end
	return {ok = #reasons == 0, reasons = reasons, counts = counts}
end`

// A struct goes into a script, and a table comes back as a struct.
func Example_structs() {
	ctx := context.Background()
	states, err := mtstates.NewRegistry(selected.Default())
	if err != nil {
		log.Fatal(err)
	}
	defer states.Close()
	checker, _, err := states.NewState(ctx, checkOrder)
	if err != nil {
		log.Fatal(err)
	}
	out, err := checker.Call(ctx, order{"Ann", []item{{"tea", 2}, {"bread", 6}, {"tea", 1}}})
	if err != nil {
		log.Fatal(err)
	}
	var v verdict
	if err := out.Scan(&v); err != nil {
		log.Fatal(err)
	}
	fmt.Println(v)
	// Output: {false [too much bread] map[bread:6 tea:3]}
}
