import { client, request } from '#test/support/client'

test('ACCT-07 the default pictures are really there, also for web apps elsewhere', async () => {
  for (const path of ['/avatars/original/missing.png', '/headers/original/missing.png']) {
    const answer = await client().get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  }
})

test('only avatars and headers have a default picture', async () => {
  const answers = await Promise.all(
    ['/constructor/original/missing.png', '/emojis/original/missing.png'].map((path) => request('GET', path)),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404])
})
