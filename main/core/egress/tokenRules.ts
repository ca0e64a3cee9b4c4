import { isPlaceholder, token } from './secretPatterns.ts';
import type { SecretRule } from './secretRule.ts';

/**
 * Found by its middle, of which there is one to each run of letters: from each of its beginnings on, a text of nothing
 * else took a quarter of a minute per megabyte. What follows the middle is there before what leads to it is looked at.
 */
const JSON_WEB_TOKEN: SecretRule = (() => {
  const rest = '\\.eyJ[\\w-]{10,4000}\\.[\\w/-]{10,1000}={0,2}(?![A-Za-z0-9])';
  const header = 'eyJ[\\w-]{14,4000}';
  return {
    id: 'jwt',
    keywords: ['.eyj'],
    pattern: new RegExp(`(?=${rest})(?<=(?=(${header}${rest}))(?<!\\w)${header})`, 'dy'),
    entropy: 3,
    except: isPlaceholder,
  };
})();

/** Tokens that show what they are. */
export const TOKEN_RULES: readonly SecretRule[] = [
  token(
    '1password-secret-key',
    ['A3-'],
    '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    {
      entropy: 3,
    },
  ),
  token('1password-service-account', ['ops_eyJ'], '[A-Za-z0-9+/]{100,2000}={0,3}'),
  token('age-secret-key', ['AGE-SECRET-KEY-1'], '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  token('airtable-token', ['pat'], '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'),
  token('alibaba-access-key', ['LTAI'], '[A-Za-z0-9]{20}', { entropy: 2 }),
  token('anthropic-key', ['sk-ant-'], '[a-z]{2,8}\\d\\d-[\\w-]{80,120}'),
  token('artifactory-token', ['AKCp'], '[A-Za-z0-9]{69}', { entropy: 3 }),
  token('artifactory-token', ['cmVmd'], '[A-Za-z0-9]{59}', { entropy: 3 }),
  token('atlassian-token', ['ATATT3'], '[\\w=-]{180,190}', { entropy: 3 }),
  token('aws-access-key', ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'], '[A-Z0-9]?[A-Z2-7]{16}', { entropy: 3 }),
  token('aws-bedrock-key', ['ABSK'], '[A-Za-z0-9+/]{109,269}={0,2}'),
  token('aws-bedrock-key', ['bedrock-api-key-'], '[A-Za-z0-9+/=_-]{12,2000}'),
  token(
    'authress-key',
    ['sc_', 'ext_', 'scauth_', 'authress_'],
    '[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}',
    {
      entropy: 2,
    },
  ),
  token('clickhouse-key', ['4b1d'], '[A-Za-z0-9]{38}', { entropy: 3 }),
  token('clojars-token', ['CLOJARS_'], '[A-Za-z0-9]{60}'),
  token('cloudflare-origin-ca-key', ['v1.0-'], '[a-f0-9]{24}-[a-f0-9]{146}'),
  token('databricks-token', ['dapi'], '[a-f0-9]{32}(?:-\\d)?', { entropy: 3 }),
  token('defined-networking-token', ['dnkey-'], '[a-z0-9=_-]{26}-[a-z0-9=_-]{52}'),
  token('digitalocean-token', ['doo_v1_', 'dop_v1_', 'dor_v1_'], '[a-f0-9]{64}', { entropy: 3 }),
  token('doppler-token', ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'], '[A-Za-z0-9._-]{40,60}', {
    entropy: 2,
  }),
  token('duffel-token', ['duffel_test_', 'duffel_live_'], '[\\w=-]{43}', { entropy: 2 }),
  token('dynatrace-token', ['dt0c01.', 'dt0s01.', 'dt0s16.'], '[A-Za-z0-9]{8,24}\\.[A-Za-z0-9]{64}', { entropy: 4 }),
  token('easypost-token', ['EZAK', 'EZTK'], '[A-Za-z0-9]{54}', { entropy: 2 }),
  token('facebook-token', ['EAAM', 'EAAC'], '[A-Za-z0-9]{20,400}', { entropy: 4 }),
  token('flutterwave-key', ['FLWPUBK_TEST-', 'FLWSECK_TEST-', 'FLWPUBK-', 'FLWSECK-'], '[A-Ha-h0-9]{12,32}(?:-X)?', {
    entropy: 2,
  }),
  token('flutterwave-key', ['FLWSECK_TEST'], '-?[A-Ha-h0-9]{12}', { entropy: 2 }),
  token('flyio-token', ['fo1_'], '[\\w-]{43}', { entropy: 3 }),
  token('flyio-token', ['fm1r_', 'fm1a_', 'fm2_'], '[A-Za-z0-9+/]{100,1000}={0,3}', { entropy: 3 }),
  token('frameio-token', ['fio-u-'], '[\\w=-]{64}'),
  token('freemius-key', ['sk_'], '[^\\s"\']{29}(?=["\'])', { entropy: 4 }),
  token('gcp-api-key', ['AIza'], '[\\w-]{35}', { entropy: 3.5 }),
  token('google-oauth-token', ['ya29.'], '[\\w.-]{20,2000}', { entropy: 3.5 }),
  token('google-oauth-client-secret', ['GOCSPX-'], '[\\w-]{28}', { entropy: 3 }),
  token('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], '[A-Za-z0-9]{36,255}', { entropy: 3 }),
  token('github-token', ['github_pat_'], '\\w{82}', { entropy: 3 }),
  token(
    'gitlab-token',
    ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-', 'glffct-'],
    '[\\w.-]{20,300}',
    {
      entropy: 3,
    },
  ),
  token('gitlab-token', ['glcbt-'], '[A-Za-z0-9]{1,5}_[\\w-]{20}', { entropy: 3 }),
  token('gitlab-runner-token', ['GR1348941'], '[\\w-]{20}', { entropy: 3 }),
  token('gitlab-session', ['_gitlab_session='], '[0-9a-z]{32}', { entropy: 3 }),
  token('gocardless-token', ['live_'], '[\\w=-]{40}'),
  token('grafana-token', ['glsa_'], '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}', { entropy: 3 }),
  token('grafana-token', ['glc_', 'eyJrIjoi'], '[A-Za-z0-9+/]{32,400}={0,3}', { entropy: 3 }),
  token('harness-key', ['pat.', 'sat.'], '[\\w-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}'),
  token('heroku-key', ['HRKU-AA'], '[\\w-]{58}', { entropy: 4 }),
  token('huggingface-token', ['hf_', 'api_org_'], '[A-Za-z]{34}', { entropy: 2 }),
  token('infracost-token', ['ico-'], '[A-Za-z0-9]{32}', { entropy: 3 }),
  token('intra42-secret', ['s-s4t2ud-', 's-s4t2af-'], '[a-f0-9]{64}', { entropy: 3 }),
  JSON_WEB_TOKEN,
  token('linear-token', ['lin_api_'], '[A-Za-z0-9]{40}', { entropy: 2 }),
  token('mailgun-token', ['key-', 'pubkey-'], '[a-f0-9]{32}'),
  token('mapbox-token', ['pk.', 'sk.'], 'eyJ[\\w-]{50,120}\\.[\\w-]{22}'),
  token('netlify-token', ['nfp_'], '[A-Za-z0-9]{36}', { entropy: 3 }),
  token('new-relic-key', ['NRAK-', 'NRJS-', 'NRII-'], '[A-Za-z0-9-]{19,32}'),
  token('notion-token', ['ntn_'], '[A-Za-z0-9]{46}', { entropy: 3.5 }),
  token('npm-token', ['npm_'], '[A-Za-z0-9]{36}', { entropy: 2 }),
  token('openai-key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], '[\\w-]{40,180}', { entropy: 3 }),
  token('openai-key', ['sk-'], '[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}', { entropy: 3 }),
  token('openrouter-key', ['sk-or-v1-'], '[0-9a-f]{64}', { entropy: 3 }),
  token('perplexity-key', ['pplx-'], '[A-Za-z0-9]{48}', { entropy: 4 }),
  token('planetscale-token', ['pscale_tkn_', 'pscale_oauth_', 'pscale_pw_'], '[\\w=.-]{32,64}', { entropy: 3 }),
  token('postman-token', ['PMAK-'], '[a-f0-9]{24}-[a-f0-9]{34}', { entropy: 3 }),
  token('prefect-token', ['pnu_'], '[A-Za-z0-9]{36}', { entropy: 2 }),
  token('pulumi-token', ['pul-'], '[a-f0-9]{40}', { entropy: 2 }),
  token('pypi-token', ['pypi-AgEIcHlwaS5vcmc'], '[\\w-]{50,1000}', { entropy: 3 }),
  token('readme-token', ['rdme_'], '[a-z0-9]{70}', { entropy: 2 }),
  token('rubygems-token', ['rubygems_'], '[a-f0-9]{48}', { entropy: 2 }),
  token('sendgrid-token', ['SG.'], '[\\w=.-]{66}', { entropy: 2 }),
  token('sendinblue-token', ['xkeysib-'], '[a-f0-9]{64}-[A-Za-z0-9]{16}', { entropy: 2 }),
  token('sentry-token', ['sntrys_', 'sntryu_'], '[\\w+/=-]{64,2000}', { entropy: 3 }),
  token('shippo-token', ['shippo_live_', 'shippo_test_'], '[a-fA-F0-9]{40}', { entropy: 2 }),
  token('shopify-token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], '[a-fA-F0-9]{32}', { entropy: 2 }),
  token(
    'slack-token',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.xoxp-', 'xoxe.xoxb-', 'xapp-'],
    '[A-Za-z0-9-]{10,250}',
    {
      entropy: 2,
    },
  ),
  token('slack-webhook', ['hooks.slack.com/'], '(?:services|workflows|triggers)/([A-Za-z0-9+/]{43,56})'),
  token('sourcegraph-token', ['sgp_'], '(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}', { entropy: 3 }),
  token('square-token', ['EAAA', 'sq0atp-', 'sq0csp-'], '[\\w-]{22,60}', { entropy: 2 }),
  token(
    'stripe-key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'whsec_'],
    '[A-Za-z0-9]{10,99}',
    { entropy: 2 },
  ),
  token('telegram-bot-token', ['bot'], '\\d{5,16}:A[\\w-]{34}'),
  token('terraform-token', ['.atlasv1.'], '[\\w=-]{60,70}', { entropy: 3.5 }),
  token('twilio-key', ['SK'], '[0-9a-fA-F]{32}', { entropy: 3 }),
  token('vault-token', ['hvs.'], '[\\w-]{90,120}', { entropy: 3.5 }),
  token('vault-token', ['hvb.'], '[\\w-]{138,300}', { entropy: 4 }),
  token('vercel-token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], '[A-Za-z0-9]{24,60}', { entropy: 3 }),
];
