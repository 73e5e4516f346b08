import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { allowFormsTo } from '#server/pages/headers'

const page = () => {
  const res = new ServerResponse(new IncomingMessage(new Socket()))
  res.setHeader('Content-Security-Policy', "default-src 'none';form-action 'self';base-uri 'none'")
  return res
}

test.each([
  ['https://app.example/callback?x=1', 'https://app.example'],
  ['http://localhost:1234/done', 'http://localhost:1234'],
  ['myapp://oauth', 'myapp:'],
  ['com.example.app.123:/request_token', 'com.example.app.123:'],
])('a form may end at %s by naming %s, and nowhere else', (redirectUri, source) => {
  const res = page()
  allowFormsTo(res, redirectUri)
  expect(res.getHeader('Content-Security-Policy')).toBe(
    `default-src 'none';form-action 'self' ${source};base-uri 'none'`,
  )
})

test.each(['no address; script-src *', 'https://a;sandbox/', 'https://a,b/', "https://'self'/"])(
  'an address such as %p opens nothing',
  (redirectUri) => {
    const res = page()
    allowFormsTo(res, redirectUri)
    expect(res.getHeader('Content-Security-Policy')).toContain("form-action 'self';base-uri")
  },
)
