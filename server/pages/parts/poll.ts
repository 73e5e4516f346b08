import { momentOf } from '#server/pages/dates'
import { emojifyText, type EmojiView } from '#server/pages/emojify'
import { html, type Html } from '#server/pages/html'
import { words } from '#server/pages/words'

/** A poll as everybody sees it. `votes` null means that the count is hidden until it closes; times are ISO 8601. */
export type PollView = {
  options: { title: string; votes: number | null }[]
  votes: number
  /** People who voted; null when the server of the poll does not tell. */
  voters: number | null
  closesAt: string | null
  closed: boolean
  multiple: boolean
}

const say = words.poll

function option(
  poll: PollView,
  { title, votes }: PollView['options'][number],
  emojis: readonly EmojiView[],
): Html {
  const total = poll.voters ?? poll.votes
  const percent = votes === null || total === 0 ? 0 : Math.min(100, Math.round((votes / total) * 100))
  const leads = votes !== null && votes > 0 && poll.options.every((other) => (other.votes ?? 0) <= votes)
  return html`<li class="${leads ? 'leads' : ''}">
    <span class="poll-title" dir="auto">${emojifyText(title, emojis)}</span>
    ${votes !== null && html`<span class="poll-share" title="${say.result(percent, votes)}">${percent} %</span>`}
    <svg class="poll-bar" aria-hidden="true">
      <rect class="poll-track" width="100%" height="100%" rx="4" />
      <rect class="poll-fill" width="${percent}%" height="100%" rx="4" />
    </svg>
  </li>`
}

function state(poll: PollView): Html {
  if (poll.closed) return html`${say.closed}`
  return poll.closesAt ? html`${say.until} ${momentOf(poll.closesAt)}` : html`${say.open}`
}

/** Shows the answers of a poll as bars, with shares of those who voted. */
export function pollBars(poll: PollView, emojis: readonly EmojiView[]): Html {
  return html`<div class="poll">
    <ul>
      ${poll.options.map((one) => option(poll, one, emojis))}
    </ul>
    <p class="hint">
      ${poll.voters === null ? say.votes(poll.votes) : say.voters(poll.voters)} · ${state(poll)}
      ${poll.multiple && html` · ${say.several}`}
    </p>
  </div>`
}
