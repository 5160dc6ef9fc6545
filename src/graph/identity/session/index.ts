import './accountSessions.ts';
import './signIn.ts';
import './refreshSession.ts';
import './endSession.ts';
