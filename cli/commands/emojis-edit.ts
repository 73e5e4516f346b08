import { editEmoji } from '#core/media/edit-emoji'
import { command, WrongUsage } from '../command.ts'

const answers = ['yes', 'no'] as const
const isYes = (word: unknown): boolean | undefined => (word === undefined ? undefined : word === 'yes')

export default command('emojis edit <shortcode>', {
  says: 'Change where a custom emoji is offered, or whether members can use it.',
  options: [
    { flags: '--category <name>', says: 'the heading it stands under in pickers; "" for none' },
    { flags: '--listed <yes|no>', says: 'offer it in pickers', choices: answers },
    { flags: '--enabled <yes|no>', says: 'let members use it', choices: answers },
  ],
  run: async (ctx, { shortcode, category, listed, enabled }) => {
    if (category === undefined && listed === undefined && enabled === undefined)
      throw new WrongUsage('Say what is to be changed: --category, --listed or --enabled.')
    const isEnabled = isYes(enabled)
    const emoji = await editEmoji(ctx, {
      shortcode: String(shortcode),
      category: category === undefined ? undefined : String(category),
      isInPicker: isYes(listed),
      isDisabled: isEnabled === undefined ? undefined : !isEnabled,
    })
    console.log(`:${emoji.shortcode}: is changed.`)
  },
})
