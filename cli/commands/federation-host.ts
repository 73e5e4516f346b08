import { type HostReport, hostReport } from '#core/instances/host-report.queries'
import { now } from '#platform/clock'
import { command, WrongUsage } from '../command.ts'
import { agoOf, plain, printJson, printTable } from '../print.ts'

const advice: Record<HostReport['state'], string> = {
  well: 'it answers; nothing to do',
  failing: 'it failed a moment ago and is tried again by itself',
  paused: 'it is left alone for a while and then asked by one delivery; all the others wait',
  unavailable: 'it failed on seven days: it gets nothing new, and is asked once a day whether it is back',
  unknown: 'nothing ever came from it or went to it; "kith federation why" tries it',
}

const rules = {
  suspend: 'suspended here: nothing is taken or sent',
  'not-allowed': 'not allowed here: nothing is taken or sent; "kith domains allow" changes that',
  silence: 'limited here',
} as const

const MONTH_MS = 30 * 86_400_000

const sinceOf = (at: Date | null): string =>
  at && now().getTime() - at.getTime() > MONTH_MS
    ? agoOf(at)
    : `${agoOf(at)}; in its first 30 days 100 new actors and 1,000 fetches an hour of its registered domain`

function linesOf(host: HostReport): [string, string][] {
  return [
    ['host', host.domain],
    ['state', `${host.state}: ${advice[host.state]}`],
    ['rule', host.rule ? rules[host.rule] : 'none'],
    ['software', host.software ?? 'not known'],
    ['signatures', host.scheme ?? 'as usual'],
    ['accounts', String(host.accounts)],
    ['known since', sinceOf(host.firstContactAt)],
    ['last heard', agoOf(host.lastContactAt)],
    ['last failure', `${agoOf(host.lastFailureAt)}${host.lastProblem ? ` (${host.lastProblem})` : ''}`],
    ['failures', `${host.recentFailures} in a row, on ${host.failingDays} of 7 days`],
    ...(host.pausedUntil ? [['paused', `ends ${agoOf(host.pausedUntil)}`] as [string, string]] : []),
    ...(host.nextProbeAt ? [['asked again', agoOf(host.nextProbeAt)] as [string, string]] : []),
    [
      'waiting',
      `${host.waiting}${host.waiting ? `, the oldest ${agoOf(host.oldestAt)}, next ${agoOf(host.nextAt)}` : ''}`,
    ],
    ['dead', `${host.dead}${host.dead ? ': "kith queue dead --kind delivery" says why' : ''}`],
  ]
}

export default command('federation host <domain>', {
  says: 'Show what is known of another server: how it behaves, what waits for it, what of it was refused.',
  options: [{ flags: '--json', says: 'print it as JSON' }],
  run: async (ctx, { domain, json }) => {
    const name = String(domain).toLowerCase().replace(/^@/, '')
    if (!/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/.test(name))
      throw new WrongUsage(`${domain} is no domain; write it as in handles: remote.example.`)
    const host = await hostReport(ctx, name)
    if (json) return printJson(host)
    for (const [what, says] of linesOf(host)) console.log(`${what.padEnd(14)}${plain(says)}`)
    if (host.refusals.length === 0) return console.log('refused       nothing, in two weeks')
    printTable(
      ['refused', 'times', 'last'],
      host.refusals.map(({ reason, count, lastAt }) => [reason, count, agoOf(lastAt)]),
    )
  },
})
