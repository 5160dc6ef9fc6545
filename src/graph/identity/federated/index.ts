import './accountIdentities.ts';
import './signInWithGoogle.ts';
import './unlinkIdentity.ts';
