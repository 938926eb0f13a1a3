import { resolve } from 'node:path'
import { defineConfig } from 'vitepress'
import { linkToRepository } from '../src/repository-links.ts'

const folders = {
  site: resolve(import.meta.dirname, '..'),
  repository: resolve(import.meta.dirname, '../../..'),
  sourceUrl: process.env['DOCS_SOURCE_URL'],
}

export default defineConfig({
  title: 'Pockitflyer accounts',
  description:
    'The account service of Pockitflyer: email and password in, JWT access and refresh tokens out.',
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['README.md'],
  markdown: { config: (md) => linkToRepository(md, folders) },
  // A page links to servers that `pnpm dev` starts. Any other dead link fails the build.
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      {
        text: 'Use it',
        items: [
          { text: 'Start', link: '/' },
          { text: 'Logged in, in five ways', link: '/five-ways' },
          { text: 'REST', link: '/rest' },
          { text: 'Tokens and rotation', link: '/tokens' },
          { text: 'Moving from Django', link: '/django' },
          { text: 'Move in from Django', link: '/move-in-from-django' },
          { text: 'Rehearse the switch', link: '/rehearse-the-switch' },
          { text: 'Web app', link: '/web-app' },
          { text: 'A sibling service', link: '/sibling-service' },
        ],
      },
      {
        text: 'Typed client',
        link: '/client/',
        items: [
          { text: 'A browser app', link: '/client/browser-app' },
          { text: 'Next.js', link: '/client/nextjs' },
          { text: 'A Node service', link: '/client/node-service' },
          { text: 'React Native', link: '/client/react-native' },
          { text: 'Python', link: '/client/python' },
          { text: 'Dart', link: '/client/dart' },
        ],
      },
      {
        text: 'Run it',
        items: [
          { text: 'Deployment', link: '/deployment' },
          { text: 'Runbook', link: '/runbook' },
          { text: 'Operation', link: '/operation' },
          { text: 'High availability', link: '/high-availability' },
          { text: 'Distributed by Citus', link: '/citus' },
          { text: 'Mail', link: '/mail' },
          { text: 'Settings', link: '/settings' },
          { text: 'Errors', link: '/errors' },
        ],
      },
      {
        text: 'Measured',
        items: [
          { text: 'Performance', link: '/performance' },
          { text: 'The bench report', link: '/measured/bench' },
          { text: 'The web app', link: '/measured/web' },
          { text: 'Faults under load', link: '/measured/faults' },
          { text: 'Failovers', link: '/measured/failovers' },
          { text: 'Scale', link: '/measured/scale' },
        ],
      },
      {
        text: 'Decisions',
        link: '/decisions/',
        collapsed: true,
        items: [
          { text: 'Strict and forgiving rotation', link: '/decisions/rotation' },
          { text: 'REST derived from tRPC', link: '/decisions/rest-from-trpc' },
          { text: 'Batched statements', link: '/decisions/batching' },
          { text: 'Our own HS256 path', link: '/decisions/hs256' },
          { text: 'A lean API process', link: '/decisions/lean-api' },
          { text: 'Refusals of equal time', link: '/decisions/equal-time' },
          { text: 'Django parity', link: '/decisions/django-parity' },
          { text: 'Jobs in graphile-worker', link: '/decisions/graphile-worker' },
          { text: 'A patch of tRPC’s object spread', link: '/decisions/patched-trpc' },
          { text: 'Two forms of a statement for Citus', link: '/decisions/citus' },
        ],
      },
    ],
  },
})
