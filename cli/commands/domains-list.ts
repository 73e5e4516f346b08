import { domainRules, type DomainRuleReport } from '#core/moderation/domain-rules.queries'
import { command } from '../command.ts'
import { agoOf, plain, printJson, printTable } from '../print.ts'

const words: Record<NonNullable<DomainRuleReport['severity']>, string> = {
  suspend: 'suspended',
  silence: 'limited',
  noop: '',
}

export default command('domains list', {
  says: 'Show what was decided about other servers.',
  options: [{ flags: '--json', says: 'print it as JSON' }],
  run: async (ctx, { json }) => {
    const found = await domainRules(ctx)
    if (json) return printJson(found)
    printTable(
      ['domain', 'rule', 'media', 'since', 'public comment', 'private comment'],
      found.map((rule) => [
        rule.domain,
        [rule.isAllowed ? 'allowed' : '', rule.severity ? words[rule.severity] : '']
          .filter(Boolean)
          .join(', '),
        rule.rejectMedia ? 'refused' : '',
        agoOf(rule.since),
        plain(rule.publicComment ?? ''),
        plain(rule.privateComment ?? ''),
      ]),
    )
  },
})
