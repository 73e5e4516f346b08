import { Emoji } from '#core/media/emoji.model'
import { command } from '../command.ts'
import { printJson, printTable } from '../print.ts'

export default command('emojis list', {
  says: 'Show the custom emojis of this instance.',
  options: [{ flags: '--json', says: 'print them as JSON' }],
  run: async (_ctx, { json }) => {
    const all = await Emoji.findAll({ where: { domain: null }, order: ['shortcode'] })
    const shown = all.map(({ shortcode, category, isInPicker, isDisabled }) => ({
      shortcode,
      category,
      listed: isInPicker,
      enabled: !isDisabled,
    }))
    if (json) return printJson(shown)
    printTable(
      ['shortcode', 'category', 'listed', 'enabled'],
      shown.map(({ shortcode, category, listed, enabled }) => [
        shortcode,
        category ?? '',
        listed ? 'yes' : 'no',
        enabled ? 'yes' : 'no',
      ]),
    )
  },
})
