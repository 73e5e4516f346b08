import type { HtmlPolicy } from '#platform/html'

/** What stays of HTML from other servers (HTML-11, federation rules 157 and 158); the only attribute with a URL is href. */
export const allowedHtml: HtmlPolicy = {
  elements: 'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' '),
  attributes: {
    '*': ['class', 'lang'],
    a: ['href', 'translate', 'rel', 'target'],
    span: ['translate'],
    ol: ['start', 'reversed'],
    li: ['value'],
  },
  classes: [
    'mention',
    'hashtag',
    'ellipsis',
    'invisible',
    'quote-inline',
    'h-*',
    'p-*',
    'u-*',
    'dt-*',
    'e-*',
  ],
  schemes: ['http', 'https', 'mailto', 'xmpp', 'gemini', 'magnet'],
  links: { rel: 'nofollow noopener noreferrer', target: '_blank' },
}

/** UTF-16 units after which HTML is cut (federation rule 159). */
export const longestHtml = 100_000
