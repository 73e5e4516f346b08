import { z } from 'zod'
import { address, read } from './read.ts'

const env = read({
  S3_ENDPOINT: address('http', 'https').optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PUBLIC_URL: address('http', 'https').optional(),
  FFMPEG_PATH: z.string().optional(),
  FFPROBE_PATH: z.string().optional(),
})

/** Where media files live, and the programs that work on them. `s3` is undefined when media stay on the local disk. */
export const objects = Object.freeze({
  s3: env.S3_ENDPOINT
    ? Object.freeze({
        endpoint: env.S3_ENDPOINT,
        bucket: env.S3_BUCKET ?? 'kith',
        region: env.S3_REGION,
        accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
        secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
        publicUrl: env.S3_PUBLIC_URL,
      })
    : undefined,
  ffmpeg: env.FFMPEG_PATH,
  ffprobe: env.FFPROBE_PATH,
})
