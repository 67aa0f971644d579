import type { ImageRow } from '../image-row.ts';
import { alpine, debian, root } from './pieces.ts';
import { tcp, thin } from './thin.ts';

/** Proxies, monitoring, and tools that run once. */
export function moreOperations(): readonly ImageRow[] {
  return [...proxies(), ...monitoring(), ...oneShots()];
}

function proxies(): readonly ImageRow[] {
  return [
    thin(
      'varnish',
      'proxy',
      {
        samples: ['7.7', '6.0'],
        tags: '^(?!.*alpine).+$',
        os: { family: 'debian' },
        libc: 'glibc',
        shell: '/bin/sh',
        defaultUser: { name: 'varnish' },
        entrypoint: ['/usr/local/bin/docker-varnish-entrypoint'],
        cmd: [],
        workdir: '/etc/varnish',
        stopSignal: null,
        healthcheck: null,
        exposedPorts: tcp(80, 8443),
        volumes: [],
        writes: ['/var/lib/varnish'],
        writesWhy: { '/var/lib/varnish': 'working directory: shared memory log and compiled VCL' },
        importantEnv: [
          { name: 'VARNISH_SIZE', default: '100M', why: 'size of the cache; keep it below the memory limit' },
        ],
      },
      ['varnish/docker-varnish@07daf0b299f5:fresh/debian/Dockerfile'],
    ),
    thin('varnish', 'proxy', {
      ...alpine,
      variant: 'alpine',
      tags: '^.*alpine.*$',
      samples: ['7.7-alpine'],
      defaultUser: { name: 'varnish' },
      exposedPorts: tcp(80, 8443),
    }),
    thin('envoyproxy/envoy', 'proxy', {
      ...root,
      exposedPorts: tcp(10000),
      entrypoint: ['/docker-entrypoint.sh'],
      stepsDown: { to: 'envoy', uid: 101, by: 'su-exec', note: 'ENVOY_UID=0 keeps root' },
      sources: ['https://www.envoyproxy.io/docs/envoy/latest/start/docker'],
    }),
    thin('openresty/openresty', 'proxy', { ...root, exposedPorts: tcp(80), stopSignal: 'SIGQUIT' }),
    thin('nginx/nginx-prometheus-exporter', 'monitoring', { exposedPorts: tcp(9113), shell: null }),
    thin('jwilder/nginx-proxy', 'proxy', {
      aliases: ['nginxproxy/nginx-proxy'],
      ...root,
      exposedPorts: tcp(80, 443),
      notes: ['reads the Docker socket: whoever breaks it owns the host'],
    }),
    thin('nginxproxy/acme-companion', 'proxy', { ...root, aliases: ['jrcs/letsencrypt-nginx-proxy-companion'] }),
    thin('jc21/nginx-proxy-manager', 'proxy', {
      ...root,
      exposedPorts: tcp(80, 81, 443),
      dataDir: '/data',
      notes: ['81 is the administration page'],
    }),
    thin('haproxytech/haproxy-alpine', 'proxy', { ...alpine, stopSignal: 'SIGUSR1' }),
    thin('haproxytech/haproxy-debian', 'proxy', { ...debian, stopSignal: 'SIGUSR1' }),
    thin('lucaslorentz/caddy-docker-proxy', 'proxy', { exposedPorts: tcp(80, 443, 2019), dataDir: '/data' }),
    thin('quay.io/oauth2-proxy/oauth2-proxy', 'proxy', {
      defaultUser: { name: 'nonroot', uid: 65532 },
      exposedPorts: tcp(4180),
      notes: ['-alpine tags have a shell, the others have none'],
    }),
    thin('authelia/authelia', 'proxy', { ...root, exposedPorts: tcp(9091), dataDir: '/config' }),
    thin('tecnativa/docker-socket-proxy', 'proxy', {
      ...root,
      os: { family: 'alpine' },
      exposedPorts: tcp(2375),
      notes: ['never publish 2375: it is the Docker API'],
    }),
    thin('apache/apisix', 'proxy', { exposedPorts: tcp(9080, 9443) }),
    thin('tailscale/tailscale', 'proxy', { ...root, dataDir: '/var/lib/tailscale' }),
    thin('postgrest/postgrest', 'app', {
      exposedPorts: tcp(3000),
      shell: null,
      packageManager: null,
      defaultUser: { uid: 1000 },
    }),
  ];
}

function monitoring(): readonly ImageRow[] {
  return [
    thin(
      'telegraf',
      'monitoring',
      {
        ...debian,
        ...root,
        tags: '^(?!.*(?:alpine|distroless|nanoserver|windowsservercore)).+$',
        samples: ['1.39', 'latest'],
        entrypoint: ['/entrypoint.sh'],
        cmd: ['telegraf'],
        stopSignal: null,
        healthcheck: null,
        exposedPorts: ['8125/udp', '8092/udp', '8094/tcp'],
        volumes: [],
        tools: { curl: true, wget: 'GNU', bash: true },
        stepsDown: {
          to: 'telegraf',
          by: 'setpriv',
          capabilities: ['SETGID', 'SETUID'],
          note: 'the entrypoint also runs setcap (SETFCAP, a writable root file system) and goes on when that fails',
        },
        confidence: 'certain',
      },
      [
        'influxdata/influxdata-docker@09ae5bcae551:telegraf/1.39/Dockerfile',
        'influxdata/influxdata-docker@359351efeb50:telegraf/1.39/entrypoint.sh',
      ],
    ),
    thin('telegraf', 'monitoring', {
      ...alpine,
      ...root,
      variant: 'alpine',
      tags: '^.*alpine.*$',
      samples: ['1.39-alpine'],
    }),
    ...(
      [
        ['prom/blackbox-exporter', 9115],
        ['prom/pushgateway', 9091],
        ['prom/statsd-exporter', 9102],
        ['prom/mysqld-exporter', 9104],
        ['prometheuscommunity/postgres-exporter', 9187],
        ['oliver006/redis_exporter', 9121],
        ['gcr.io/cadvisor/cadvisor', 8080],
        ['grafana/tempo', 3200],
        ['grafana/mimir', 8080],
        ['grafana/promtail', 9080],
        ['grafana/alloy', 12345],
        ['grafana/agent', 12345],
        ['jaegertracing/all-in-one', 16686],
        ['openzipkin/zipkin', 9411],
        ['netdata/netdata', 19999],
        ['timberio/vector', 8686],
        ['fluent/fluent-bit', 2020],
        ['zabbix/zabbix-server-mysql', 10051],
        ['graphiteapp/graphite-statsd', 80],
        ['amir20/dozzle', 8080],
        ['thanosio/thanos', 10902],
        ['victoriametrics/vmagent', 8429],
        ['otel/opentelemetry-collector-k8s', 4317],
      ] as const
    ).map(([image, port]) => thin(image, 'monitoring', { exposedPorts: tcp(port) })),
    thin('fluent/fluentd', 'monitoring', { defaultUser: { name: 'fluent' }, exposedPorts: tcp(24224, 5140) }),
    thin('docker.elastic.co/beats/filebeat', 'monitoring', {
      pattern: '^(?:docker\\.elastic\\.co/beats|elastic)/(?:filebeat|metricbeat|heartbeat|packetbeat|auditbeat)$',
      samples: ['8.19.0'],
    }),
  ];
}

function oneShots(): readonly ImageRow[] {
  return [
    'hashicorp/terraform',
    'amazon/aws-cli',
    'mcr.microsoft.com/azure-cli',
    'google/cloud-sdk',
    'gcr.io/google.com/cloudsdktool/cloud-sdk',
    'alpine/git',
    'bitnami/git',
    'bitnami/kubectl',
    'rancher/kubectl',
    'alpine/helm',
    'liquibase/liquibase',
    'migrate/migrate',
    'amacneil/dbmate',
    'arigaio/atlas',
    'certbot/certbot',
    'rclone/rclone',
    'restic/restic',
    'docker/compose',
    'gcr.io/kaniko-project/executor',
    'aquasec/trivy',
    'hadolint/hadolint',
    'koalaman/shellcheck',
    'mikefarah/yq',
    'grafana/k6',
    'locustio/locust',
    'wait4x/wait4x',
  ].map((image) => thin(image, 'tool', { oneShot: true }));
}
