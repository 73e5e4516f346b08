import type { RelayState } from '#core/relays/relay.model'
import { type RelayReport, relayReports } from '#core/relays/relay.queries'
import { command } from '../command.ts'
import { agoOf, plain, printJson, printTable } from '../print.ts'

const sayings: Record<RelayState, string> = {
  pending: 'has not answered yet',
  accepted: '',
  rejected: 'refused',
}

function stateOf({ kind, state, followedBackAt, problem }: RelayReport): string {
  const isOneSided = kind === 'litepub' && state === 'accepted' && !followedBackAt
  return problem ?? (isOneSided ? 'has not followed back yet' : sayings[state])
}

export default command('relays list', {
  says: 'Show the relays of this instance: what they answered, and what is wrong.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (ctx, { json }) => {
    const found = await relayReports(ctx)
    if (json) return printJson(found)
    printTable(
      ['relay', 'kind', 'state', 'asked', 'answered', 'last heard', ''],
      found.map((relay) => [
        plain(relay.url),
        relay.kind,
        relay.state,
        agoOf(relay.askedAt),
        agoOf(relay.answeredAt),
        agoOf(relay.heardAt),
        plain(stateOf(relay)),
      ]),
    )
  },
})
