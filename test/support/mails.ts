import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { instance } from '#config/instance'

const folder = join(instance.data, 'mail')

export type ReadMail = { to: string; subject: string; text: string; link: string | undefined }

/** The mails that were sent so far, oldest first; each is read once. `link` is the path of the link in it. */
export async function mails(): Promise<ReadMail[]> {
  const names = await readdir(folder).catch(() => [])
  const found = names.sort().map(async (name) => {
    const source = await readFile(join(folder, name), 'utf8')
    await rm(join(folder, name))
    const [head = '', ...body] = source.split('\n\n')
    const text = body.join('\n\n')
    const link = /https?:\/\/\S+\?token=\S+/.exec(text)?.[0]
    return {
      to: /^To: (.*)$/m.exec(head)?.[1] ?? '',
      subject: /^Subject: (.*)$/m.exec(head)?.[1] ?? '',
      text,
      link: link?.slice(instance.origin.length),
    }
  })
  return Promise.all(found)
}
