package source

import "fmt"

// Prepared is source that the VM reads as Lua does.
type Prepared struct {
	// Text has the same lines and tokens as the source.
	Text string
	// Lines are those on which Lua 5.1 finds the errors of what the source does. There is one for each operation but "and"
	// and "or", field, call, field of a constructor that has a key, assignment and head of a generic for, in the order in
	// which they end, and one before that of a method's call: where the method is named.
	Lines []int
	// LastLine is the last one of the source.
	LastLine int
	// LastToken is the line of the last token, where a chunk ends.
	LastToken int
}

// Prepare returns source for the VM, or the first error in it as Lua 5.1 names it.
func Prepare(source string) (prepared Prepared, problem *Error) {
	p := parser{lexer: lexer{text: source, line: 1}}
	defer func() {
		if e := recover(); e != nil {
			found, ok := e.(*Error)
			if !ok {
				panic(e)
			}
			prepared, problem = Prepared{}, found
		}
	}()
	p.functions = []function{{variadic: true}}
	p.advance()
	p.block()
	lastToken := max(p.lastLine, 1)
	p.expect(endOfText)
	return Prepared{p.prepared(), p.lines, p.line, lastToken}, nil
}

// parser goes through source by the grammar of Lua and keeps the lines of what may fail. It panics with an *Error.
type parser struct {
	lexer
	token     token
	following *token // behind token, when it was looked at
	lastLine  int    // of the token before
	levels    int
	functions []function // that are open, the innermost last
	lines     []int      // see Prepared
}

// function is what counts of a function that is open.
type function struct {
	variadic bool
	loops    int
}

func (p *parser) scan() token {
	t, problem := p.next()
	if problem != nil {
		panic(problem)
	}
	return t
}

func (p *parser) advance() {
	p.lastLine = p.token.line
	if p.following != nil {
		p.token, p.following = *p.following, nil
		return
	}
	p.token = p.scan()
}

// note notes the line of what has ended.
func (p *parser) note(line int) { p.lines = append(p.lines, line) }

// fail raises an error at the token.
func (p *parser) fail(message string) {
	line := p.token.line
	if p.following != nil {
		line = p.following.line
	}
	panic(&Error{line, near(message, p.token)})
}

func (p *parser) is(kind string) bool { return p.token.kind == kind }

// accept skips the token if it is of the kind.
func (p *parser) accept(kind string) bool {
	if !p.is(kind) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) check(kind string) {
	if !p.is(kind) {
		p.fail("'" + kind + "' expected")
	}
}

func (p *parser) expect(kind string) {
	p.check(kind)
	if kind != endOfText {
		p.advance()
	}
}

// closing expects the token that closes what has begun at a line.
func (p *parser) closing(kind, opening string, line int) {
	if !p.is(kind) && line != p.token.line {
		p.fail(fmt.Sprintf("'%s' expected (to close '%s' at line %d)", kind, opening, line))
	}
	p.expect(kind)
}

func (p *parser) enter() {
	if p.levels++; p.levels > MaxLevels {
		panic(&Error{p.token.line, TooManyLevels})
	}
}

func (p *parser) leave() { p.levels-- }

// inner returns the innermost function.
func (p *parser) inner() *function { return &p.functions[len(p.functions)-1] }

func (p *parser) block() {
	p.enter()
	defer p.leave()
	for !p.endsBlock() {
		if p.accept(";") { // it may stand alone, as in Lua 5.2
			continue
		}
		if last := p.statement(); last {
			p.accept(";")
			return
		}
	}
}

func (p *parser) endsBlock() bool {
	switch p.token.kind {
	case "else", "elseif", "end", "until", endOfText:
		return true
	}
	return false
}

// statement reports whether it was the last that its block can have.
func (p *parser) statement() (last bool) {
	opening, line := p.token.kind, p.token.line
	switch opening {
	case "if":
		p.condition("then")
		for p.is("elseif") {
			p.condition("then")
		}
		if p.accept("else") {
			p.block()
		}
		p.closing("end", opening, line)
	case "while":
		p.inner().loops++
		p.condition("do")
		p.closing("end", opening, line)
		p.inner().loops--
	case "do":
		p.advance()
		p.block()
		p.closing("end", opening, line)
	case "for":
		p.forLoop()
		p.closing("end", opening, line)
		p.inner().loops--
	case "repeat":
		p.inner().loops++
		p.advance()
		p.block()
		p.closing("until", opening, line)
		p.inner().loops--
		p.expression()
	case "function":
		p.advance()
		p.expect(name)
		for p.accept(".") {
			p.expect(name)
			p.note(p.lastLine)
		}
		if p.accept(":") {
			p.expect(name)
		}
		p.functionBody(line)
	case "local":
		p.local()
	case "return":
		p.advance()
		if !p.endsBlock() && !p.is(";") {
			p.expressions()
		}
		return true
	case "break":
		p.advance()
		if p.inner().loops == 0 {
			p.fail("no loop to break")
		}
		return true
	case "goto":
		p.advance()
		p.expect(name)
	case "::":
		p.advance()
		p.expect(name)
		p.expect("::")
	default:
		p.expressionStatement()
	}
	return false
}

// condition reads what an if, elseif or while begins with, and the block behind it.
func (p *parser) condition(word string) {
	p.advance()
	p.expression()
	p.expect(word)
	p.block()
}

func (p *parser) forLoop() {
	p.advance()
	p.expect(name)
	switch {
	case p.accept("="):
		p.expression()
		p.expect(",")
		p.expression()
		if p.accept(",") {
			p.expression()
		}
	case p.is(",") || p.is("in"):
		for p.accept(",") {
			p.expect(name)
		}
		p.expect("in")
		line := p.token.line
		p.expressions()
		p.note(line)
	default:
		p.fail("'=' or 'in' expected")
	}
	p.expect("do")
	p.inner().loops++
	p.block()
}

func (p *parser) local() {
	line := p.token.line
	p.advance()
	if p.accept("function") {
		p.expect(name)
		p.functionBody(line)
		return
	}
	p.expect(name)
	for p.accept(",") {
		p.expect(name)
	}
	if p.accept("=") {
		p.expressions()
	}
}

// expressionStatement reads a call or an assignment.
func (p *parser) expressionStatement() {
	kind := p.suffixed()
	if kind == call {
		return
	}
	for {
		if kind != variable {
			p.fail("syntax error")
		}
		if !p.accept(",") {
			break
		}
		kind = p.suffixed()
	}
	p.expect("=")
	p.expressions()
	p.note(p.lastLine)
}

func (p *parser) expressions() {
	p.expression()
	for p.accept(",") {
		p.expression()
	}
}

// The kinds of expressions that a statement can begin with.
const (
	call = iota
	variable
	other
)

// suffixed reads a variable, a field or a call.
func (p *parser) suffixed() (kind int) {
	switch line := p.token.line; {
	case p.accept("("):
		p.expression()
		p.closing(")", "(", line)
		kind = other
	case p.accept(name):
		kind = variable
	default:
		p.fail("unexpected symbol")
	}
	for {
		switch p.token.kind {
		case ".":
			p.advance()
			p.expect(name)
			p.note(p.lastLine)
			kind = variable
		case "[":
			p.advance()
			p.expression()
			p.expect("]")
			p.note(p.lastLine)
			kind = variable
		case ":":
			p.advance()
			p.expect(name)
			p.note(p.lastLine)
			p.arguments()
			kind = call
		case "(", text, "{":
			p.arguments()
			kind = call
		default:
			return kind
		}
	}
}

func (p *parser) arguments() {
	line := p.token.line
	switch p.token.kind {
	case "(":
		if line != p.lastLine {
			p.fail("ambiguous syntax (function call x new statement)")
		}
		p.advance()
		if !p.is(")") {
			p.expressions()
		}
		p.closing(")", "(", line)
	case "{":
		p.table()
	case text:
		p.advance()
	default:
		p.fail("function arguments expected")
	}
	p.note(line)
}

// operatorPriorities are those of binary operators on their left side and on their right side.
var operatorPriorities = map[string][2]int{
	"or": {1, 1}, "and": {2, 2},
	"<": {3, 3}, ">": {3, 3}, "<=": {3, 3}, ">=": {3, 3}, "~=": {3, 3}, "==": {3, 3},
	"..": {5, 4}, "+": {6, 6}, "-": {6, 6}, "*": {7, 7}, "/": {7, 7}, "%": {7, 7}, "^": {10, 9},
}

const unaryPriority = 8

func (p *parser) expression() { p.operation(0) }

// operation reads operands as long as the operators between them bind more strongly than limit.
func (p *parser) operation(limit int) {
	p.enter()
	defer p.leave()
	if p.is("not") || p.is("-") || p.is("#") {
		p.advance()
		p.operation(unaryPriority)
		p.note(p.lastLine)
	} else {
		p.operand()
	}
	for {
		operator := p.token.kind
		priorities, ok := operatorPriorities[operator]
		if !ok || priorities[0] <= limit {
			return
		}
		switch operator {
		case "and", "or":
			p.advance()
			p.operation(priorities[1])
		case "..":
			p.concatenation(priorities[0])
		default:
			p.advance()
			p.operation(priorities[1])
			p.note(p.lastLine)
		}
	}
}

// concatenation reads a chain of operators and the operands behind them. It associates to the right, but does not nest.
func (p *parser) concatenation(limit int) {
	n := 0
	for p.accept("..") {
		p.operation(limit)
		n++
	}
	for range n {
		p.note(p.lastLine)
	}
}

func (p *parser) operand() {
	switch line := p.token.line; p.token.kind {
	case number, text, "nil", "true", "false":
		p.advance()
	case "...":
		if !p.inner().variadic {
			p.fail("cannot use '...' outside a vararg function")
		}
		p.advance()
	case "{":
		p.table()
	case "function":
		p.advance()
		p.functionBody(line)
	default:
		p.suffixed()
	}
}

func (p *parser) table() {
	line := p.token.line
	p.advance()
	for !p.is("}") {
		keyed := false
		switch p.token.kind {
		case "[":
			p.advance()
			p.expression()
			p.expect("]")
			p.expect("=")
			keyed = true
		case name:
			if p.following == nil {
				t := p.scan()
				p.following = &t
			}
			if p.following.kind == "=" {
				p.advance()
				p.advance()
				keyed = true
			}
		}
		p.expression()
		if keyed {
			p.note(p.lastLine)
		}
		if !p.accept(",") && !p.accept(";") {
			break
		}
	}
	p.closing("}", "{", line)
}

// functionBody reads a function from its parameters on.
func (p *parser) functionBody(line int) {
	p.expect("(")
	f := function{}
	for !p.is(")") {
		if p.accept("...") {
			f.variadic = true
			break
		}
		if !p.accept(name) {
			p.fail("<name> or '...' expected")
		}
		if !p.accept(",") {
			break
		}
		if p.is(")") {
			p.fail("<name> or '...' expected")
		}
	}
	p.expect(")")
	p.functions = append(p.functions, f)
	p.block()
	p.closing("end", "function", line)
	p.functions = p.functions[:len(p.functions)-1]
}
