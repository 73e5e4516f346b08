import { type Choice, reviveDead } from '#platform/dead-letters'
import { isId } from '#platform/ids'
import { command, WrongUsage } from '../command.ts'

type Given = Record<string, string | boolean | undefined>

function choiceOf({ id, kind, all }: Given): Choice {
  if ([id, kind, all].filter(Boolean).length !== 1)
    throw new WrongUsage('Say which: an id, --kind with a kind, or --all.')
  if (kind) return { kind: String(kind) }
  if (all) return { all: true }
  if (!isId(id)) throw new WrongUsage(`${id} is no id; "kith queue dead" lists them.`)
  return { id }
}

export default command('queue retry [id]', {
  says: 'Owe dead work again, as if it had never been tried.',
  options: [
    { flags: '--kind <kind>', says: 'all dead work of this kind' },
    { flags: '--all', says: 'all dead work' },
  ],
  run: async (_ctx, given) => console.log(`Owed again: ${await reviveDead(choiceOf(given))}`),
})
