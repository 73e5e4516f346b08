import { owe } from '#platform/owed-work'
import { transact } from '#platform/transact'
import { metricsToken } from '#platform/metrics-token'
import { client } from '#test/support/client'
import { kith } from '#test/support/cli'

const scrape = (headers: Record<string, string> = {}) => client().get('/metrics', { headers })

/** The value of one line of the text: a name with its labels. */
const valueOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.split(' ').at(-1))
}

describe('GET /metrics', () => {
  it('tells Prometheus of the process, owed work and connections', async () => {
    await transact({}, (ctx) =>
      owe(
        ctx,
        [1, 2].map((at) => ({ kind: 'mail', payload: { at } })),
      ),
    )
    const { status, headers, body } = await scrape()
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(valueOf(body, 'kith_owed_work{kind="mail",state="waiting"}')).toBe(2)
    expect(valueOf(body, 'kith_owed_work_oldest_seconds{kind="mail"}')).toBeGreaterThanOrEqual(0)
    expect(valueOf(body, 'kith_hosts{state="paused"}')).toBe(0)
    expect(valueOf(body, 'kith_database_connections{state="waiting"}')).toBe(0)
    expect(valueOf(body, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
  })

  it('counts requests by the pattern of their route, never by their path', async () => {
    await client().get('/api/v1/polls/1234')
    await client().post('/inbox', '{}')
    await client().get('/no/such/path/1234')
    const { body } = await scrape()
    expect(
      valueOf(body, 'kith_request_seconds_count{method="GET",route="/api/v1/polls/:id",status="404"}'),
    ).toBeGreaterThan(0)
    expect(
      valueOf(body, 'kith_request_seconds_count{method="GET",route="other",status="404"}'),
    ).toBeGreaterThan(0)
    expect(
      valueOf(body, 'kith_request_seconds_count{method="POST",route="/inbox",status="415"}'),
    ).toBeGreaterThan(0)
    expect(body).not.toContain('/1234')
  })

  it('is closed to those whom a proxy on this machine speaks for', async () => {
    for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via'])
      expect(await scrape({ [name]: '203.0.113.9' })).toMatchObject({ status: 401 })
  })

  it('opens to the token that the command line shows, and to no other', async () => {
    const far = { 'X-Forwarded-For': '203.0.113.9' }
    const token = (await kith('metrics', 'token')).out.trim()
    expect(token).toBe(metricsToken())
    expect(await scrape({ ...far, Authorization: `Bearer ${token}` })).toMatchObject({ status: 200 })
    expect(await scrape({ ...far, Authorization: `Bearer ${token}x` })).toMatchObject({ status: 401 })
    expect(await scrape({ ...far, Authorization: `Bearer ${token.slice(1)}x` })).toMatchObject({
      status: 401,
    })
  })
})
