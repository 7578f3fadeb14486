from datetime import timedelta

from django.db import migrations


def chiudi(apps, schema_editor):
    """Each version ends before the next begins: those that overlap are closed the day before."""
    Organigramma = apps.get_model("piani", "Organigramma")
    dopo = None
    for questo in Organigramma.objects.order_by("azienda", "-valido_dal"):
        if dopo and dopo.azienda_id == questo.azienda_id:
            ultimo = dopo.valido_dal - timedelta(days=1)
            if questo.valido_al is None or questo.valido_al > ultimo:
                Organigramma.objects.filter(pk=questo.pk).update(valido_al=ultimo)
        dopo = questo


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0002_organigramma_bozze"),
    ]

    operations = [
        migrations.RunPython(chiudi, migrations.RunPython.noop),
    ]
