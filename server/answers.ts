import type { Id } from '#platform/ids'

/** An answer with more than a JSON body: a status, headers. What a handler gives otherwise is sent as JSON with 200. */
export class Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** One page of a list: its items, or an object that holds them, and the cursors of the first and the last. */
export class Page {
  /** What to send as JSON, or the JSON itself. */
  readonly items: object
  readonly first: Id | undefined
  readonly last: Id | undefined
  readonly hasNext: boolean
  readonly prevBy: 'min_id' | 'since_id'

  /**
   * `cursors` are the ids that page through the list, in the order of the items; they may outnumber the items when
   * some were filtered away (PAGE-12). `prevBy` is `since_id` for lists by internal id (PAGE-08). Lists other than
   * timelines and notifications say whether the page was full, and link on only then (PAGE-11).
   */
  constructor(items: object, cursors: readonly Id[], { internal = false, full = true } = {}) {
    this.items = items
    this.first = cursors[0]
    this.last = cursors.at(-1)
    this.prevBy = internal ? 'since_id' : 'min_id'
    this.hasNext = cursors.length > 0 && full
  }
}
