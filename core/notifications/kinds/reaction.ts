import { kind } from '../kind.ts'

/** Somebody gave the member's post an emoji; the reaction is the subject. */
export default kind({
  name: 'reaction',
  headline: (who) => `${who} reacted to your post`,
  hasPost: true,
  hasSubject: true,
  isLasting: true,
  groupedBy: 'post',
  isFilterable: true,
  title: 'Somebody reacted to your post',
  aliases: ['emoji_reaction', 'pleroma:emoji_reaction'],
})
