import { parseEmail } from '#core/auth/parse-email'

test('I9 an address is read strictly; its domain in lower case and ASCII', () => {
  const fine = [
    ['Alice@Mail.Example', 'Alice@mail.example'],
    [' alice@mail.example ', 'alice@mail.example'],
    ['a.b+c@mail.example', 'a.b+c@mail.example'],
    ["o'brien@mail.example", undefined],
    ['alice@bücher.example', 'alice@xn--bcher-kva.example'],
    ['alice@localhost', 'alice@localhost'],
  ] as const
  for (const [text, email] of fine) expect([text, parseEmail(text)]).toEqual([text, email])
})

test('I9 what could mean another recipient is refused', () => {
  const bad = [
    '',
    'alice',
    '@mail.example',
    'alice@',
    'a@b@c',
    'a b@mail.example',
    '"a"@mail.example',
    'a,b@mail.example',
    'a@mail.example, b@mail.example',
    'a@mail.example\nBcc: b@x.example',
    'a@mail.example\0',
    '.a@mail.example',
    'a.@mail.example',
    'a..b@mail.example',
    'a@-mail.example',
    'a@mail..example',
    'a@[127.0.0.1]',
    'a@mail.example>',
    `${'x'.repeat(65)}@mail.example`,
    `a@${'x'.repeat(250)}.example`,
    'a(c)@mail.example',
  ]
  for (const text of bad) expect([text, parseEmail(text)]).toEqual([text, undefined])
})
