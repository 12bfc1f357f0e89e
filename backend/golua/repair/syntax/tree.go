package syntax

// Function is a function in the source, or the main function of a chunk.
type Function struct {
	Parameters []*Variable
	IsVararg   bool
	Upvalues   []Upvalue
	Body       *Block
	Line       int // 0 for the main function
	EndLine    int
}

// Variable is a local variable.
type Variable struct {
	Name string
	// Captured says that a function inside of the variable's function uses it.
	Captured bool
	// Register is for who makes code of the tree.
	Register int

	outer *Variable // the one declared before, of those that are visible
	level int       // how many are visible before it
}

// Upvalue is a variable that a function has from the function around it: a local variable of that, or when it is nil, the
// upvalue of that with the index.
type Upvalue struct {
	Name  string
	Local *Variable
	Index int
}

// Environment is the name of the upvalue that has the globals.
const Environment = "_ENV"

// Block is a list of statements with a scope.
type Block struct {
	Statements []Statement
	// LastLine is that of the last token in it.
	LastLine int
}

// Statement is one of the types below.
type Statement any

type (
	// Local declares variables.
	Local struct {
		Variables []*Variable
		Values    []Expression
		Line      int
	}
	// LocalFunction declares a variable that its function can use.
	LocalFunction struct {
		Variable *Variable
		Function *FunctionExpression
	}
	// FunctionStatement assigns a function.
	FunctionStatement struct {
		Target   Expression
		Function *FunctionExpression
		Line     int
	}
	// Assignment has one target at least.
	Assignment struct {
		Targets, Values []Expression
		Line            int
	}
	// CallStatement drops the results.
	CallStatement struct{ Call Expression }
	// Do is a block.
	Do struct{ Body *Block }
	// While is a loop.
	While struct {
		Condition Expression
		Body      *Block
		Exit      *Label
	}
	// Repeat is a loop whose condition is in the scope of its body.
	Repeat struct {
		Body      *Block
		Condition Expression
		Exit      *Label
		Line      int // of the condition
	}
	// If has a clause for each condition. Else may be nil.
	If struct {
		Clauses []Clause
		Else    *Block
	}
	// NumericFor is a loop over numbers. Step may be nil.
	NumericFor struct {
		Variable           *Variable
		Start, Limit, Step Expression
		Body               *Block
		Exit               *Label
		Line, DoLine       int
	}
	// GenericFor is a loop with an iterator.
	GenericFor struct {
		Variables []*Variable
		Values    []Expression
		Body      *Block
		Exit      *Label
		Line      int // of the values
		DoLine    int
	}
	// Return ends the function.
	Return struct {
		Values []Expression
		Line   int
	}
	// Goto jumps to a label. break is one to the end of a loop.
	Goto struct {
		Label *Label
		Line  int
		from  *Variable // the innermost that is visible
	}
)

// Clause is a condition and what is done when it holds.
type Clause struct {
	Condition Expression
	Body      *Block
}

// Label is a place in a block, and a statement; the one at the end of a loop is none.
type Label struct {
	Name string
	Line int
	// Placed, Place and Jumps are for who makes code of the tree.
	Placed bool
	Place  int
	Jumps  []int

	level int // how many variables are visible at it
}

// Captured returns the variable with the lowest register that a goto leaves and that is captured, nil when there is none.
func (g *Goto) Captured() (lowest *Variable) {
	for v := g.from; v != nil && v.level >= g.Label.level; v = v.outer {
		if v.Captured {
			lowest = v
		}
	}
	return lowest
}

// Expression is one of the types below. Line is where its value comes to be: that of its last token, of its operator, or
// where a call begins.
type Expression interface{ Position() int }

// At is the line of an expression.
type At struct{ Line int }

// Position returns the line.
func (a At) Position() int { return a.Line }

type (
	// Nil is the constant.
	Nil struct{ At }
	// True is the constant.
	True struct{ At }
	// False is the constant.
	False struct{ At }
	// Number is a numeral.
	Number struct {
		At
		Value float64
	}
	// String is a literal.
	String struct {
		At
		Value string
	}
	// Vararg is "...".
	Vararg struct{ At }
	// FunctionExpression is a function.
	FunctionExpression struct {
		At
		Function *Function
	}
	// LocalName is a local variable.
	LocalName struct {
		At
		Variable *Variable
	}
	// UpvalueName is a variable of a function around.
	UpvalueName struct {
		At
		Index int
	}
	// Index is a field, or a global variable, which is a field of _ENV.
	Index struct {
		At
		Object, Key Expression
	}
	// Call calls a function.
	Call struct {
		At
		Function  Expression
		Arguments []Expression
	}
	// MethodCall calls a method, which gets the object.
	MethodCall struct {
		At
		Object    Expression
		Name      *String
		Arguments []Expression
	}
	// Parentheses make one value of a call or of varargs.
	Parentheses struct {
		At
		Inner Expression
	}
	// Unary has "-", "#" or "not" as its operator.
	Unary struct {
		At
		Operator string
		Operand  Expression
	}
	// Binary is an operation or a comparison with two operands.
	Binary struct {
		At
		Operator    string
		Left, Right Expression
	}
	// Logical is a chain of two or more operands between which there is "and", or "or".
	Logical struct {
		At
		IsAnd    bool
		Operands []Expression
	}
	// Table is a constructor.
	Table struct {
		At
		Items []Item
	}
)

// Item is a field in a constructor. One without a key is an element of the list.
type Item struct {
	Key, Value Expression
	Line       int
}
