"""What browsers are asked about passkeys, and what their answers show: Web Authentication, by py_webauthn."""

from __future__ import annotations

import json
from typing import Any

from application.access.passkey import Made, PasskeyRefused, PasskeyRow, Site
from domain.kernel.ids import PersonId


class WebAuthnDevices:
    """`application.access.passkey.Devices`. The library is read when it is first needed."""

    def options_to_make(
        self, site: Site, person_id: PersonId, name: str, challenge: str, known: tuple[bytes, ...]
    ) -> str:
        """What the browser is asked, to make one that knows its person and asks for a finger or a code."""
        import webauthn
        from webauthn.helpers import structs

        wanted = structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        options = webauthn.generate_registration_options(
            rp_id=site.host,
            rp_name="Plats",
            user_id=person_id.bytes,
            user_name=name or "Plats",
            challenge=challenge.encode(),
            authenticator_selection=wanted,
            exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in known],
        )
        return webauthn.options_to_json(options)

    def options_to_show(self, site: Site, challenge: str) -> str:
        """What the browser is asked, to sign in with one; which ones there are is not said."""
        import webauthn
        from webauthn.helpers.structs import UserVerificationRequirement

        options = webauthn.generate_authentication_options(
            rp_id=site.host, challenge=challenge.encode(), user_verification=UserVerificationRequirement.REQUIRED
        )
        return webauthn.options_to_json(options)

    def challenge_in(self, answer: str) -> str:
        """Which challenge an answer is to. Raises PasskeyRefused."""
        try:
            told = json.loads(_bytes(_read(answer)["response"]["clientDataJSON"]))
            return _bytes(told["challenge"]).decode("ascii")
        except (KeyError, TypeError, ValueError) as error:
            raise PasskeyRefused from error

    def credential_in(self, answer: str) -> bytes:
        """Which passkey an answer is from. Raises PasskeyRefused."""
        try:
            return _bytes(_read(answer)["rawId"])
        except (KeyError, TypeError, ValueError) as error:
            raise PasskeyRefused from error

    def made(self, answer: str, challenge: str, site: Site) -> Made:
        """What was made, when the answer shows it. Raises PasskeyRefused."""
        import webauthn
        from webauthn.helpers.exceptions import WebAuthnException

        try:
            found = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge.encode(),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError) as error:
            raise PasskeyRefused from error
        return Made(found.credential_id, found.credential_public_key, found.sign_count)

    def shown(self, answer: str, challenge: str, site: Site, passkey: PasskeyRow) -> int:
        """The passkey's new count, when the answer shows that it is there. Raises PasskeyRefused."""
        import webauthn
        from webauthn.helpers.exceptions import WebAuthnException

        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge.encode(),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, KeyError, TypeError, ValueError) as error:
            raise PasskeyRefused from error
        return found.new_sign_count


def _read(answer: str) -> dict[str, Any]:
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise PasskeyRefused
    return found


def _bytes(text: str) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    return base64url_to_bytes(text)
