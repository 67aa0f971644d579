import { type Case, compose, image } from './case.ts';

const managed = ['CHK1.6', 'CHK2.6'];

export const secretCases: readonly Case[] = [
  {
    items: [...managed, 'CHK2.15'],
    of: 'no secret',
    files: compose('services:\n  a:\n    image: alpine:3.22\n'),
    state: 'not-applicable',
    evidence: 'no service here is known to take a secret',
  },
  {
    items: managed,
    of: 'files of secrets',
    files: compose(
      'services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/p\n    secrets: [p]\nsecrets:\n  p: {file: ./p.txt}\n',
    ),
    state: 'pass',
    evidence: 'db takes its secrets from files',
    at: ['compose.yaml:6'],
  },
  {
    items: managed,
    of: 'a value in the Compose file',
    files: compose(
      'services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD: kX92mq-Lp04zz\n',
    ),
    state: 'fail',
    evidence: '*',
    at: ['compose.yaml:5'],
  },
  {
    items: managed,
    of: 'a value that comes from elsewhere',
    files: compose('services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD:\n'),
    state: 'open',
    evidence:
      'db: POSTGRES_PASSWORD comes by the environment, which "docker inspect" shows; where its value is kept, no file here tells',
    at: ['compose.yaml:5'],
  },
  {
    items: managed,
    of: 'a file of a secret that may be in the repository',
    files: {
      ...compose('services:\n  db:\n    image: postgres:17.2\n    secrets: [p]\nsecrets:\n  p: {file: ./p.txt}\n'),
      'p.txt': 'x',
    },
    state: 'open',
    evidence: '*',
    at: ['compose.yaml:6'],
  },
  {
    items: ['CHK2.15'],
    of: 'a secret by the environment passes here',
    files: compose('services:\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_PASSWORD:\n'),
    state: 'pass',
    evidence: 'db gets its secrets when it starts',
    at: ['compose.yaml:5'],
  },
  {
    items: ['CHK2.15'],
    of: 'a secret in the image',
    files: image('FROM alpine:3.22\nENV API_KEY=f3a91c77b2d84e0e9c55\n'),
    state: 'fail',
    evidence: '*',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.3'],
    of: 'configuration from Compose',
    files: {
      Dockerfile: 'FROM alpine:3.22\n',
      'compose.yaml': 'services:\n  a:\n    build: .\n    environment:\n      MODE: fast\n',
    },
    state: 'pass',
    evidence: 'a gets its configuration when it starts',
    at: ['compose.yaml:5'],
  },
  {
    items: ['CHK7.3'],
    of: 'an address in the image',
    files: image('FROM alpine:3.22\nENV DATABASE_HOST=db.example.com\n'),
    state: 'fail',
    evidence: 'Dockerfile: DATABASE_HOST is written into the image',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.3'],
    of: 'an env file in the image',
    files: { Dockerfile: 'FROM alpine:3.22\nCOPY .env /app/.env\n', '.env': 'MODE=fast\n' },
    state: 'fail',
    evidence: 'Dockerfile: .env is copied into the image',
    at: ['Dockerfile:2'],
  },
  {
    items: ['CHK7.3'],
    of: 'no Compose file',
    files: image('FROM alpine:3.22\n'),
    state: 'open',
    evidence: 'no Compose file shows where the image gets its configuration from',
  },
];
