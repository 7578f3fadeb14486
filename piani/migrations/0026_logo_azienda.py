import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0025_webhook"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogoAzienda",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("png", models.BinaryField(max_length=80000, verbose_name="immagine")),
                ("larga", models.PositiveSmallIntegerField(verbose_name="larghezza in pixel")),
                ("alta", models.PositiveSmallIntegerField(verbose_name="altezza in pixel")),
                (
                    "alternativa",
                    models.CharField(
                        help_text="Che cosa c'è nel logo, per chi non lo vede: «Logo dell'ASST di Prova».",
                        max_length=200,
                        verbose_name="testo alternativo",
                    ),
                ),
                ("caricato_il", models.DateTimeField(auto_now=True, verbose_name="caricato il")),
                (
                    "azienda",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logo",
                        to="piani.azienda",
                        verbose_name="azienda",
                    ),
                ),
                (
                    "da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="caricato da",
                    ),
                ),
            ],
            options={
                "verbose_name": "logo dell'azienda",
                "verbose_name_plural": "loghi delle aziende",
                "ordering": ["azienda"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alternativa", ""), _negated=True),
                        name="logo_con_alternativa",
                        violation_error_message="Un logo ha il suo testo alternativo.",
                    )
                ],
            },
        ),
    ]
