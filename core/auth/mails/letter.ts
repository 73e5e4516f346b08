import { instance } from '#config/instance'
import { escapeHtml } from '#platform/html'

/** The words of a mail: sentences, and one thing to do. */
export type Letter = {
  subject: string
  greeting: string
  paragraphs: readonly string[]
  action?: { label: string; url: string }
  /** What to do when the reader did not ask for this. */
  closing: string
}

const style = {
  body: 'margin:0;padding:24px;background:#fbf6ef;color:#2b211b;font:16px/1.5 system-ui,sans-serif',
  card: 'max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:16px',
  button:
    'display:inline-block;padding:12px 24px;border-radius:12px;background:#b5431f;color:#fff;text-decoration:none;font-weight:600',
  small: 'color:#6b5b50;font-size:14px',
}

/** Writes a letter as plain text and as simple HTML that says the same. */
export function write(letter: Letter): { subject: string; text: string; html: string } {
  const { subject, greeting, paragraphs, action, closing } = letter
  const text = [greeting, ...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), closing]
  return {
    subject,
    text: [...text, `-- \n${instance.domain}\n${instance.origin}`].join('\n\n'),
    html: htmlOf(letter),
  }
}

const paragraph = (text: string, css = '') => `<p${css && ` style="${css}"`}>${escapeHtml(text)}</p>`

function htmlOf({ subject, greeting, paragraphs, action, closing }: Letter): string {
  const button =
    action &&
    `<p><a href="${escapeHtml(action.url)}" style="${style.button}">${escapeHtml(action.label)}</a></p>` +
      paragraph(action.url, style.small)
  const body = [paragraph(greeting), ...paragraphs.map((each) => paragraph(each)), button ?? '']
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>` +
    `<body style="${style.body}"><div style="${style.card}">${body.join('')}${paragraph(closing, style.small)}</div></body></html>`
  )
}
