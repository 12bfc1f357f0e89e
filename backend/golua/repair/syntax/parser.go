package syntax

import "fmt"

// maxLevels is how deeply statements and expressions may be nested.
const maxLevels = 200

// Parse reads a chunk. An error is an *Error, or what interrupted returns, which is asked now and then; it may be nil.
func Parse(source string, interrupted func() error) (f *Function, err error) {
	p := &parser{lexer: lexer{source: source, line: 1}, interrupted: interrupted}
	defer func() {
		if e := recover(); e != nil {
			stop, ok := e.(stopped)
			if problem, isError := e.(*Error); isError {
				stop, ok = stopped{problem}, true
			}
			if !ok {
				panic(e)
			}
			f, err = nil, stop.err
		}
	}()
	f = &Function{IsVararg: true}
	p.openFunction(f)
	p.addUpvalue(p.scope, Upvalue{Name: Environment})
	p.advance()
	f.Body = p.statements()
	p.check(endOfSource)
	f.EndLine = p.lastLine
	p.closeFunction()
	return f, nil
}

// parser builds the tree of a chunk.
type parser struct {
	lexer
	token       token
	ahead       *token // behind token, when it was looked at
	lastLine    int    // of the token before
	levels      int
	scope       *scope
	interrupted func() error
	tokens      int
}

// stopped is the panic with which an interrupt ends the parser.
type stopped struct{ err error }

// checkedTokens is after how many tokens an interrupt is looked for.
const checkedTokens = 4096

func (p *parser) advance() {
	p.lastLine = p.token.line
	if p.ahead != nil {
		p.token, p.ahead = *p.ahead, nil
		return
	}
	p.token = p.scan()
	if p.tokens++; p.tokens%checkedTokens == 0 && p.interrupted != nil {
		if err := p.interrupted(); err != nil {
			panic(stopped{err})
		}
	}
}

// line is where the scanner is: behind the token.
func (p *parser) line() int { return p.lexer.line }

// fail raises an error at the token.
func (p *parser) fail(message string) { fail(p.line(), message, p.near(&p.token)) }

func (p *parser) failExpected(what string) { p.fail(what + " expected") }

// accept skips the token if it is of the kind.
func (p *parser) accept(k kind) bool {
	if p.token.kind != k {
		return false
	}
	p.advance()
	return true
}

// acceptChar skips the token if it is the character.
func (p *parser) acceptChar(c byte) bool {
	if !p.token.is(c) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) check(k kind) {
	if p.token.kind != k {
		p.failExpected(k.quoted())
	}
}

func (p *parser) expect(k kind) {
	p.check(k)
	p.advance()
}

func (p *parser) expectChar(c byte) {
	if !p.acceptChar(c) {
		p.failExpected(quotedChar(c))
	}
}

func (p *parser) expectName() string {
	p.check(name)
	word := p.token.text
	p.advance()
	return word
}

// closing expects the token that closes what has begun at a line.
func (p *parser) closing(closed bool, closer, opener string, line int) {
	switch {
	case closed:
	case line == p.line():
		p.failExpected(closer)
	default:
		p.fail(fmt.Sprintf("%s expected (to close %s at line %d)", closer, opener, line))
	}
}

// close expects the word that closes what another has opened at a line.
func (p *parser) close(closer, opener kind, line int) {
	p.closing(p.accept(closer), closer.quoted(), opener.quoted(), line)
}

// closeChar is close for characters.
func (p *parser) closeChar(closer, opener byte, line int) {
	p.closing(p.acceptChar(closer), quotedChar(closer), quotedChar(opener), line)
}

func (p *parser) enter() {
	p.levels++
	p.checkLimit(p.levels, maxLevels, "C levels")
}

func (p *parser) leave() { p.levels-- }

// endsBlock reports whether the token ends a block. until is one of those that do only when it is asked for.
func (p *parser) endsBlock(withUntil bool) bool {
	switch p.token.kind {
	case elseWord, elseif, end, endOfSource:
		return true
	case until:
		return withUntil
	}
	return false
}

// statements reads statements up to the end of their block.
func (p *parser) statements() *Block {
	b := &Block{}
	for !p.endsBlock(true) {
		isLast := p.token.kind == returnWord
		p.enter()
		if line := p.line(); p.accept(doubleColon) {
			p.label(b, line)
		} else if s := p.statement(); s != nil {
			b.Statements = append(b.Statements, s)
		}
		p.leave()
		if isLast {
			break
		}
	}
	b.LastLine = p.lastLine
	return b
}

// block reads statements in a scope of their own; exit is that of the loop whose body they are.
func (p *parser) block(exit *Label) *Block {
	p.openBlock(exit)
	b := p.statements()
	p.closeBlock()
	return b
}

func (p *parser) statement() Statement {
	line := p.line()
	switch p.token.kind {
	case ifWord:
		return p.ifStatement(line)
	case while:
		return p.whileStatement(line)
	case do:
		p.advance()
		s := &Do{p.block(nil)}
		p.close(end, do, line)
		return s
	case forWord:
		return p.forStatement(line)
	case repeat:
		return p.repeatStatement(line)
	case function:
		return p.functionStatement(line)
	case local:
		p.advance()
		if p.accept(function) {
			return p.localFunction()
		}
		return p.localStatement()
	case returnWord:
		return p.returnStatement()
	case breakWord:
		p.advance()
		return p.jump(words[breakWord], line)
	case gotoWord:
		p.advance()
		return p.jump(p.expectName(), line)
	}
	if p.acceptChar(';') {
		return nil
	}
	return p.expressionStatement()
}

func (p *parser) ifStatement(line int) Statement {
	s := &If{}
	for {
		p.advance()
		condition := p.expression()
		p.expect(then)
		s.Clauses = append(s.Clauses, Clause{condition, p.block(nil)})
		if p.token.kind != elseif {
			break
		}
	}
	if p.accept(elseWord) {
		s.Else = p.block(nil)
	}
	p.close(end, ifWord, line)
	return s
}

func (p *parser) whileStatement(line int) Statement {
	p.advance()
	s := &While{Condition: p.expression(), Exit: &Label{}}
	p.expect(do)
	s.Body = p.block(s.Exit)
	p.close(end, while, line)
	return s
}

func (p *parser) repeatStatement(line int) Statement {
	s := &Repeat{Exit: &Label{}}
	p.advance()
	p.openBlock(s.Exit)
	p.openBlock(nil)
	s.Body = p.statements()
	p.close(until, repeat, line)
	s.Condition = p.expression()
	s.Line = p.lastLine
	p.closeBlock()
	p.closeBlock()
	return s
}

func (p *parser) forStatement(line int) Statement {
	p.advance()
	first := p.expectName()
	p.openBlock(nil)
	defer p.closeBlock()
	switch {
	case p.token.is('='):
		return p.numericFor(first, line)
	case p.token.is(',') || p.token.kind == in:
		return p.genericFor(first, line)
	}
	p.fail("'=' or 'in' expected")
	return nil
}

// loopVariables are the hidden variables of a loop.
func (p *parser) loopVariables(names ...string) {
	for _, name := range names {
		p.show(declare(name))
	}
}

func (p *parser) numericFor(first string, line int) Statement {
	s := &NumericFor{Exit: &Label{}, Line: line, Variable: declare(first)}
	p.checkVariables(4)
	p.advance()
	s.Start = p.expression()
	p.expectChar(',')
	s.Limit = p.expression()
	if p.acceptChar(',') {
		s.Step = p.expression()
	}
	p.loopVariables("(for index)", "(for limit)", "(for step)")
	s.Body, s.DoLine = p.forBody(s.Exit, line, s.Variable)
	return s
}

func (p *parser) genericFor(first string, line int) Statement {
	s := &GenericFor{Exit: &Label{}, Variables: []*Variable{declare(first)}}
	for p.acceptChar(',') {
		s.Variables = append(s.Variables, declare(p.expectName()))
		p.checkVariables(3 + len(s.Variables))
	}
	p.expect(in)
	s.Line = p.line()
	s.Values = p.expressions()
	p.loopVariables("(for generator)", "(for state)", "(for control)")
	s.Body, s.DoLine = p.forBody(s.Exit, line, s.Variables...)
	return s
}

// forBody reads the body of a loop, and returns the line of its "do".
func (p *parser) forBody(exit *Label, line int, variables ...*Variable) (b *Block, doLine int) {
	p.expect(do)
	doLine = p.lastLine
	p.openBlock(exit)
	p.show(variables...)
	b = p.statements()
	p.closeBlock()
	p.close(end, forWord, line)
	return b, doLine
}

func (p *parser) functionStatement(line int) Statement {
	p.advance()
	nameLine := p.token.line
	target := p.variable(p.expectName(), nameLine)
	isMethod := false
	for !isMethod && (p.token.is('.') || p.token.is(':')) {
		isMethod = p.token.is(':')
		target = p.field(target)
	}
	return &FunctionStatement{target, p.functionBody(isMethod, line), line}
}

func (p *parser) localFunction() Statement {
	p.checkVariables(1)
	v := declare(p.expectName())
	p.show(v)
	return &LocalFunction{v, p.functionBody(false, p.line())}
}

func (p *parser) localStatement() Statement {
	s := &Local{}
	for {
		s.Variables = append(s.Variables, declare(p.expectName()))
		p.checkVariables(len(s.Variables))
		if !p.acceptChar(',') {
			break
		}
	}
	if p.acceptChar('=') {
		s.Values = p.expressions()
	}
	s.Line = p.lastLine
	p.show(s.Variables...)
	return s
}

// label reads a label, and what follows it that does nothing. line is where it begins.
func (p *parser) label(b *Block, line int) {
	s := p.scope
	name := p.expectName()
	if known := s.block.label(name); known != nil {
		p.failSemantically(fmt.Sprintf("label '%s' already defined on line %d", name, known.Line))
	}
	p.expect(doubleColon)
	l := &Label{Name: name, Line: line, level: s.visible}
	s.block.labels = append(s.block.labels, l)
	b.Statements = append(b.Statements, l)
	for {
		line := p.line()
		if p.accept(doubleColon) {
			p.enter()
			p.label(b, line)
			p.leave()
		} else if !p.acceptChar(';') {
			break
		}
	}
	if p.endsBlock(false) { // the variables of the block are seen no more
		l.level = s.block.visible
	}
	p.reach(l)
}

func (p *parser) returnStatement() Statement {
	p.advance()
	s := &Return{}
	if !p.endsBlock(true) && !p.token.is(';') {
		s.Values = p.expressions()
	}
	s.Line = p.lastLine
	p.acceptChar(';')
	return s
}

// expressionStatement reads a call or an assignment.
func (p *parser) expressionStatement() Statement {
	first := p.suffixed()
	if !p.token.is('=') && !p.token.is(',') {
		if !isCall(first) {
			p.fail("syntax error")
		}
		return &CallStatement{first}
	}
	s := &Assignment{Targets: []Expression{first}}
	for {
		if !isVariable(s.Targets[len(s.Targets)-1]) {
			p.fail("syntax error")
		}
		if !p.acceptChar(',') {
			break
		}
		s.Targets = append(s.Targets, p.suffixed())
		p.checkLimit(p.levels+len(s.Targets)-1, maxLevels, "C levels")
	}
	p.expectChar('=')
	s.Values = p.expressions()
	s.Line = p.lastLine
	return s
}

func isCall(e Expression) bool {
	switch e.(type) {
	case *Call, *MethodCall:
		return true
	}
	return false
}

func isVariable(e Expression) bool {
	switch e.(type) {
	case *LocalName, *UpvalueName, *Index:
		return true
	}
	return false
}
