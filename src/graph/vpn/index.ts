import './organization/index.ts';
import './member/index.ts';
import './invitation/index.ts';
import './node/index.ts';
import './password/index.ts';
import './heartbeat/index.ts';
