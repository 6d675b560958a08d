FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The embedded PostgreSQL belongs to standalone; a container is given DATABASE_URL.
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production PASAL_HOME=/var/lib/pasal
# The journal: keep it on a volume of its own for every container.
RUN install -d -o node -g node -m 700 /var/lib/pasal
VOLUME /var/lib/pasal
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
USER node
EXPOSE 5000 5001
# The API's port, or the worker's: whichever this container runs.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "const live = (port) => fetch(`http://127.0.0.1:${port}/health/live`).then(({ ok }) => ok || Promise.reject()); Promise.any([live(process.env.PORT || 5000), live(process.env.WORKER_PORT || 5001)]).catch(() => process.exit(1))"]
# Worker: node dist/apps/worker/src/main.js. Before an upgrade: node bin/pasal.js migrate.
CMD ["node", "dist/apps/api/src/main.js"]
