package syntax

func (p *parser) expressions() []Expression {
	list := []Expression{p.expression()}
	for p.acceptChar(',') {
		list = append(list, p.expression())
	}
	return list
}

func (p *parser) expression() Expression { return p.operation(0) }

// priorities of a binary operator on its left side and on its right side.
type priorities struct{ left, right int }

const unaryPriority = 8

var logicalOr, logicalAnd, comparison = priorities{1, 1}, priorities{2, 2}, priorities{3, 3}

// operator returns the binary operator that the token is; ok is false when it is none.
func (t *token) operator() (operator string, p priorities, ok bool) {
	switch t.kind {
	case or:
		return "or", logicalOr, true
	case and:
		return "and", logicalAnd, true
	case equal, notEqual, lessOrEqual, greaterOrEqual:
		return words[t.kind], comparison, true
	case concat:
		return "..", priorities{5, 4}, true
	case character:
		switch t.char {
		case '<':
			return "<", comparison, true
		case '>':
			return ">", comparison, true
		case '+':
			return "+", priorities{6, 6}, true
		case '-':
			return "-", priorities{6, 6}, true
		case '*':
			return "*", priorities{7, 7}, true
		case '/':
			return "/", priorities{7, 7}, true
		case '%':
			return "%", priorities{7, 7}, true
		case '^':
			return "^", priorities{10, 9}, true
		}
	}
	return "", priorities{}, false
}

// operation reads operands as long as the operators between them bind more strongly than limit.
func (p *parser) operation(limit int) Expression {
	p.enter()
	defer p.leave()
	e := p.operand()
	for {
		operator, priority, ok := p.token.operator()
		if !ok || priority.left <= limit {
			return e
		}
		line := p.line()
		p.advance()
		right := p.operation(priority.right)
		switch priority {
		case logicalOr, logicalAnd:
			e = chain(operator == "and", e, right, line)
		case comparison:
			e = &Binary{At{p.lastLine}, operator, e, right}
		default:
			e = &Binary{At{line}, operator, e, right}
		}
	}
}

// chain joins two operands of "and" or "or". A chain of them is one expression, however long it is.
func chain(isAnd bool, left, right Expression, line int) Expression {
	if l, ok := left.(*Logical); ok && l.IsAnd == isAnd {
		l.Operands = append(l.Operands, right)
		return l
	}
	return &Logical{At{line}, isAnd, []Expression{left, right}}
}

// operand reads an operand with the unary operators before it.
func (p *parser) operand() Expression {
	operator := ""
	switch {
	case p.token.kind == not:
		operator = "not"
	case p.token.is('-'):
		operator = "-"
	case p.token.is('#'):
		operator = "#"
	default:
		return p.simple()
	}
	line := p.line()
	p.advance()
	return &Unary{At{line}, operator, p.operation(unaryPriority)}
}

func (p *parser) simple() (e Expression) {
	at := At{p.token.line}
	switch p.token.kind {
	case number:
		e = &Number{at, p.token.number}
	case text:
		e = &String{at, p.token.text}
	case nilWord:
		e = &Nil{at}
	case trueWord:
		e = &True{at}
	case falseWord:
		e = &False{at}
	case dots:
		if !p.scope.node.IsVararg {
			p.fail("cannot use '...' outside a vararg function")
		}
		e = &Vararg{at}
	case function:
		p.advance()
		return p.functionBody(false, p.line())
	case character:
		if p.token.char == '{' {
			return p.table()
		}
		return p.suffixed()
	default:
		return p.suffixed()
	}
	p.advance()
	return e
}

// primary reads a name or an expression in parentheses.
func (p *parser) primary() Expression {
	line := p.line()
	switch {
	case p.token.kind == name:
		nameLine := p.token.line
		return p.variable(p.expectName(), nameLine)
	case p.acceptChar('('):
		e := p.expression()
		p.closeChar(')', '(', line)
		return &Parentheses{At{p.lastLine}, e}
	}
	p.fail("unexpected symbol")
	return nil
}

// suffixed reads a primary expression with what is behind it: fields, indexes and calls.
func (p *parser) suffixed() Expression {
	line := p.line()
	e := p.primary()
	for {
		switch t := &p.token; {
		case t.is('.'):
			e = p.field(e)
		case t.is('['):
			key := p.bracketed()
			e = &Index{At{p.lastLine}, e, key}
		case t.is(':'):
			p.advance()
			method := &String{At{p.token.line}, p.expectName()}
			e = &MethodCall{At{line}, e, method, p.arguments()}
		case t.is('('), t.is('{'), t.kind == text:
			e = &Call{At{line}, e, p.arguments()}
		default:
			return e
		}
	}
}

// field reads a field of an object, whose name is behind the token.
func (p *parser) field(object Expression) Expression {
	p.advance()
	at := At{p.token.line}
	return &Index{at, object, &String{at, p.expectName()}}
}

// bracketed reads an expression in brackets.
func (p *parser) bracketed() Expression {
	p.advance()
	e := p.expression()
	p.expectChar(']')
	return e
}

func (p *parser) arguments() (list []Expression) {
	line := p.line()
	switch {
	case p.acceptChar('('):
		if !p.token.is(')') {
			list = p.expressions()
		}
		p.closeChar(')', '(', line)
	case p.token.is('{'):
		list = []Expression{p.table()}
	case p.token.kind == text:
		list = []Expression{&String{At{p.token.line}, p.token.text}}
		p.advance()
	default:
		p.fail("function arguments expected")
	}
	return list
}

func (p *parser) table() Expression {
	line := p.line()
	t := &Table{At: At{line}}
	p.advance()
	for !p.token.is('}') {
		t.Items = append(t.Items, p.item())
		if !p.acceptChar(',') && !p.acceptChar(';') {
			break
		}
	}
	p.closeChar('}', '{', line)
	return t
}

func (p *parser) item() (i Item) {
	switch {
	case p.token.is('['):
		i.Key = p.bracketed()
		p.expectChar('=')
	case p.token.kind == name && p.lookAhead().is('='):
		at := At{p.token.line}
		i.Key = &String{at, p.expectName()}
		p.advance()
	}
	i.Value = p.expression()
	i.Line = p.lastLine
	return i
}

// lookAhead returns the token behind the token.
func (p *parser) lookAhead() *token {
	if p.ahead == nil {
		t := p.scan()
		p.ahead = &t
	}
	return p.ahead
}

// functionBody reads a function from its parameters on. line is where it begins.
func (p *parser) functionBody(isMethod bool, line int) *FunctionExpression {
	f := &Function{Line: line}
	p.openFunction(f)
	if isMethod {
		self := declare("self")
		f.Parameters = append(f.Parameters, self)
		p.show(self)
	}
	p.expectChar('(')
	p.parameters(f)
	p.expectChar(')')
	f.Body = p.statements()
	f.EndLine = p.line()
	p.close(end, function, line)
	p.closeFunction()
	return &FunctionExpression{At{p.lastLine}, f}
}

func (p *parser) parameters(f *Function) {
	if p.token.is(')') {
		return
	}
	var list []*Variable
	for {
		switch {
		case p.token.kind == name:
			list = append(list, declare(p.expectName()))
			p.checkVariables(len(list))
		case p.accept(dots):
			f.IsVararg = true
		default:
			p.fail("<name> or '...' expected")
		}
		if f.IsVararg || !p.acceptChar(',') {
			break
		}
	}
	f.Parameters = append(f.Parameters, list...)
	p.show(list...)
}
