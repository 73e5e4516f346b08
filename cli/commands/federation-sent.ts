import { parseOurs } from '#core/addresses'
import { type Sent, sentOf } from '#core/instances/sent.queries'
import { Post } from '#core/posts/post.model'
import { NotFound } from '#platform/errors'
import { isId } from '#platform/ids'
import { command, WrongUsage } from '../command.ts'
import { agoOf, plain, printJson, printTable } from '../print.ts'

function postIdOf(text: string): string {
  const ours = parseOurs(text)
  if (ours && 'postId' in ours) return ours.postId
  if (isId(text)) return text
  throw new WrongUsage(`${text} is no post of this instance: give its id or the address of its page.`)
}

const answerOf = ({ status, detail }: Sent): string => plain([status, detail].filter(Boolean).join(' '))

const summaryOf = (sent: readonly Sent[]): string =>
  [...Map.groupBy(sent, ({ state }) => state)].map(([state, each]) => `${each.length} ${state}`).join(', ')

export default command('federation sent <post>', {
  says: 'Show where a post of this instance went, and what each server answered; by its id or address.',
  options: [{ flags: '--json', says: 'print the list as JSON' }],
  run: async (ctx, { post, json }) => {
    const id = postIdOf(String(post))
    const sent = await sentOf(ctx, id)
    if (json) return printJson(sent)
    if (sent.length === 0) {
      const found = await Post.findByPk(id, { attributes: ['uri'] })
      if (!found) throw new NotFound(`There is no post ${id}, and nothing of it was sent in 30 days.`)
      if (found.uri !== null) throw new NotFound(`Post ${id} came from elsewhere: ${found.uri}`)
      return console.log('Nobody on other servers was to get it, or that is more than 30 days ago.')
    }
    printTable(
      ['inbox', 'what', 'state', 'tries', 'last', 'next', 'answer'],
      sent.map((each) => [
        each.inbox,
        each.type,
        each.state,
        each.tries,
        agoOf(each.answeredAt),
        each.nextAt ? agoOf(each.nextAt) : '-',
        answerOf(each),
      ]),
    )
    console.log(summaryOf(sent))
    if (sent.some(({ state }) => state === 'dead'))
      console.log('"kith queue retry --kind delivery" sends what is dead again.')
  },
})
